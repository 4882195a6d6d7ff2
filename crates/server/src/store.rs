//! What outlives the server: drafts of texts, in an embedded database.

use std::path::Path;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

/// Newest drafts of a text that are kept.
const KEPT: usize = 50;
/// Texts of which drafts are kept; the ones not saved for longest make room.
const TEXTS: usize = 2_000;

/// A draft by the path of its text and its number: when it was saved (milliseconds since 1970), on which version it is
/// based, and the text.
const DRAFTS: TableDefinition<'_, (&str, u64), (u64, &str, &str)> = TableDefinition::new("drafts");
/// When a text was saved last.
const SAVED: TableDefinition<'_, &str, u64> = TableDefinition::new("saved");

/// A session by its code: when it was used last (milliseconds since 1970), and its facts as JSON.
const PLAYS: TableDefinition<'_, &str, (u64, &str)> = TableDefinition::new("plays");
/// An event by its session's code and its number: when it happened, and the event as JSON.
const EVENTS: TableDefinition<'_, (&str, u64), (u64, &str)> = TableDefinition::new("events");
/// Sessions end so many milliseconds after they were used last: 90 days.
const LASTING: u64 = 90 * 24 * 3600 * 1000;
/// Most sessions that are kept; the ones not used for longest make room.
const MOST_PLAYS: usize = 2_000;

/// Why something was not kept, or is not at hand.
#[derive(Debug, thiserror::Error)]
#[error("the store of drafts and games: {0}")]
pub struct StoreError(Box<redb::Error>);

impl<E: Into<redb::Error>> From<E> for StoreError {
    fn from(error: E) -> StoreError {
        StoreError(Box::new(error.into()))
    }
}

/// A draft in the list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Draft {
    /// Its number.
    pub id: u64,
    /// When it was saved, in milliseconds since 1970.
    pub saved: u64,
    /// Size in bytes.
    pub bytes: usize,
    /// On which version of the file it is based; empty where there is none.
    pub version: String,
}

/// The database.
#[derive(Debug)]
pub struct Store {
    base: Database,
}

impl Store {
    /// Opens the store of this folder, or begins one.
    ///
    /// # Errors
    /// It cannot be written, is no store, or another server has it open.
    pub fn open(folder: &Path) -> Result<Store, StoreError> {
        let mut made = std::fs::DirBuilder::new();
        made.recursive(true);
        // Tokens of sessions are in it.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut made, 0o700);
        made.create(folder).map_err(redb::Error::from)?;
        Store::of(Database::create(folder.join("workbench.redb"))?)
    }

    fn of(base: Database) -> Result<Store, StoreError> {
        let begun = base.begin_write()?;
        begun.open_table(DRAFTS)?;
        begun.open_table(SAVED)?;
        begun.open_table(PLAYS)?;
        begun.open_table(EVENTS)?;
        begun.commit()?;
        Ok(Store { base })
    }

    /// Keeps a draft; its number. The same text again makes no new draft.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn keep(&self, path: &str, text: &str, version: &str, now: u64) -> Result<u64, StoreError> {
        let begun = self.base.begin_write()?;
        let id = {
            let mut drafts = begun.open_table(DRAFTS)?;
            let last = drafts.range((path, 0)..=(path, u64::MAX))?.next_back();
            let last = last.transpose()?;
            let last = last.map(|(key, kept)| (key.value().1, kept.value().2 == text));
            match last {
                Some((id, true)) => id,
                last => {
                    let id = last.map_or(1, |(id, _)| id + 1);
                    drafts.insert((path, id), (now, version, text))?;
                    let first = (id + 1).saturating_sub(KEPT as u64);
                    drafts.retain_in((path, 0)..(path, first), |_, _| false)?;
                    id
                }
            }
        };
        begun.open_table(SAVED)?.insert(path, now)?;
        make_room(&begun)?;
        begun.commit()?;
        Ok(id)
    }

    /// The drafts of a text, the newest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn drafts(&self, path: &str) -> Result<Vec<Draft>, StoreError> {
        let begun = self.base.begin_read()?;
        let drafts = begun.open_table(DRAFTS)?;
        let mut list = Vec::new();
        for entry in drafts.range((path, 0)..=(path, u64::MAX))?.rev() {
            let (key, kept) = entry?;
            let (saved, version, text) = kept.value();
            list.push(Draft {
                id: key.value().1,
                saved,
                bytes: text.len(),
                version: version.to_owned(),
            });
        }
        Ok(list)
    }

    /// Keeps the facts of a new session.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn begin_play(&self, code: &str, facts: &str, now: u64) -> Result<(), StoreError> {
        let begun = self.base.begin_write()?;
        {
            let mut plays = begun.open_table(PLAYS)?;
            plays.insert(code, (now, facts))?;
            let mut events = begun.open_table(EVENTS)?;
            for old in outlived(&plays, now)? {
                plays.remove(old.as_str())?;
                let (first, last) = ((old.as_str(), 0), (old.as_str(), u64::MAX));
                events.retain_in(first..=last, |_, _| false)?;
            }
        }
        begun.commit()?;
        Ok(())
    }

    /// Keeps other facts of a session.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn change_play(&self, code: &str, facts: &str) -> Result<(), StoreError> {
        let begun = self.base.begin_write()?;
        {
            let mut plays = begun.open_table(PLAYS)?;
            let used = plays.get(code)?.map_or(0, |kept| kept.value().0);
            plays.insert(code, (used, facts))?;
        }
        begun.commit()?;
        Ok(())
    }

    /// The facts of a session.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn play(&self, code: &str) -> Result<Option<String>, StoreError> {
        let begun = self.base.begin_read()?;
        let kept = begun.open_table(PLAYS)?.get(code)?;
        Ok(kept.map(|kept| kept.value().1.to_owned()))
    }

    /// Keeps events of a session behind the first `saved` ones.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn keep_events(
        &self,
        code: &str,
        saved: u64,
        events: &[String],
        now: u64,
    ) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let begun = self.base.begin_write()?;
        {
            let mut table = begun.open_table(EVENTS)?;
            for (number, event) in (saved..).zip(events) {
                table.insert((code, number), (now, event.as_str()))?;
            }
            let mut plays = begun.open_table(PLAYS)?;
            let facts = plays.get(code)?.map(|kept| kept.value().1.to_owned());
            if let Some(facts) = facts {
                plays.insert(code, (now, facts.as_str()))?;
            }
        }
        begun.commit()?;
        Ok(())
    }

    /// The events of a session in order, each with the time when it happened.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn events(&self, code: &str) -> Result<Vec<(u64, String)>, StoreError> {
        let begun = self.base.begin_read()?;
        let events = begun.open_table(EVENTS)?;
        let mut list = Vec::new();
        for entry in events.range((code, 0)..=(code, u64::MAX))? {
            let (_, kept) = entry?;
            let (time, event) = kept.value();
            list.push((time, event.to_owned()));
        }
        Ok(list)
    }

    /// The text of a draft.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn draft(&self, path: &str, id: u64) -> Result<Option<String>, StoreError> {
        let begun = self.base.begin_read()?;
        let kept = begun.open_table(DRAFTS)?.get((path, id))?;
        Ok(kept.map(|kept| kept.value().2.to_owned()))
    }
}

/// Codes of the sessions that have ended, or make room.
fn outlived(
    plays: &impl ReadableTable<&'static str, (u64, &'static str)>,
    now: u64,
) -> Result<Vec<String>, StoreError> {
    let mut all: Vec<(u64, String)> = Vec::new();
    for entry in plays.iter()? {
        let (code, kept) = entry?;
        all.push((kept.value().0, code.value().to_owned()));
    }
    all.sort();
    let surplus = all.len().saturating_sub(MOST_PLAYS);
    let ended = |used: u64| used.saturating_add(LASTING) < now;
    let old = all
        .into_iter()
        .enumerate()
        .filter(|(i, (used, _))| *i < surplus || ended(*used));
    Ok(old.map(|(_, (_, code))| code).collect())
}

/// Lets the texts go that were not saved for longest.
fn make_room(begun: &redb::WriteTransaction) -> Result<(), StoreError> {
    let mut saved = begun.open_table(SAVED)?;
    let mut all: Vec<(u64, String)> = Vec::new();
    for entry in saved.iter()? {
        let (path, when) = entry?;
        all.push((when.value(), path.value().to_owned()));
    }
    all.sort();
    let surplus = all.len().saturating_sub(TEXTS);
    let mut drafts = begun.open_table(DRAFTS)?;
    for (_, path) in all.iter().take(surplus) {
        saved.remove(path.as_str())?;
        drafts.retain_in((path.as_str(), 0)..=(path.as_str(), u64::MAX), |_, _| false)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_kept_over_a_restart_and_the_newest_stay() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for i in 0..60_u64 {
            let text = format!("text {i}");
            assert_eq!(store.keep("a.detente", &text, "v", i).unwrap(), i + 1);
            assert_eq!(store.keep("a.detente", &text, "v", i).unwrap(), i + 1);
        }
        store.keep("a.detente2", "other", "", 1).unwrap();
        assert!(
            Store::open(folder.path()).is_err(),
            "one server has it open"
        );
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        let drafts = store.drafts("a.detente").unwrap();
        let ids: Vec<u64> = drafts.iter().map(|draft| draft.id).collect();
        assert_eq!(ids, (11..=60).rev().collect::<Vec<_>>());
        let newest = store.draft("a.detente", 60).unwrap();
        assert_eq!(newest.as_deref(), Some("text 59"));
        assert_eq!(store.draft("a.detente", 5).unwrap(), None);
        assert_eq!(store.drafts("b").unwrap(), []);
    }
}
