//! Pictures of game trees.

use detente_report::{TreeError, TreeKind, TreeNode, TreePicture, dot, svg, tikz};

use TreeKind::{Decision, Draw, End};

fn node(parent: Option<usize>, kind: TreeKind, label: &str, edge: &str, p: f64) -> TreeNode {
    TreeNode {
        parent,
        kind,
        label: label.to_string(),
        set: None,
        probability: p,
        payoffs: vec![],
        elided: 0,
        edge: edge.to_string(),
        edge_probability: parent.map(|_| p),
    }
}

fn end(parent: usize, label: &str, edge: &str, p: f64, payoffs: [f64; 2]) -> TreeNode {
    TreeNode {
        payoffs: payoffs.to_vec(),
        ..node(Some(parent), End, label, edge, p)
    }
}

/// A hidden type, an offer that is answered without seeing it, and a part left out.
pub fn sample() -> TreePicture {
    let joined = |n: TreeNode, set| TreeNode {
        set: Some(set),
        ..n
    };
    let mut pressed = joined(node(Some(2), Decision(0), "approach", "", 0.45), 1);
    pressed.edge = "steady".to_string();
    pressed.parent = Some(0);
    let mut tree = TreePicture {
        title: "An offer & its \"answer\" <draft>".to_string(),
        actors: vec!["United States".to_string(), "Iran".to_string()],
        nodes: vec![
            node(None, Draw, "resolve", "", 1.0),
            joined(node(Some(0), Decision(0), "approach", "fragile", 0.55), 1),
            pressed,
            joined(
                node(
                    Some(1),
                    Decision(1),
                    "reply",
                    "offer sanctions relief for a cap",
                    0.7,
                ),
                2,
            ),
            end(1, "War", "bomb_the_sites", 0.3, [-20.0, -45.0]),
            end(3, "The deal holds", "accept", 0.9, [20.0, 25.5]),
            end(3, "Pressure", "reject", 0.1, [0.0, -30.0]),
            joined(
                node(
                    Some(2),
                    Decision(1),
                    "reply",
                    "offer sanctions relief for a cap",
                    0.8,
                ),
                3,
            ),
        ],
    };
    tree.nodes[2].elided = 312;
    tree.nodes[7].elided = 1204;
    tree
}

pub fn hostile() -> TreePicture {
    let mut tree = sample();
    let evil =
        "\"]; }</text><script>alert(1)</script> \\input{x} $_^~#%& \u{1}\n\u{ffff} مذاکره 談判";
    tree.title = evil.to_string();
    tree.actors[0] = evil.to_string();
    for node in &mut tree.nodes {
        node.label = evil.to_string();
        node.edge = evil.to_string();
    }
    tree
}

#[test]
fn svg_is_well_formed_and_shows_every_node() {
    for tree in [sample(), hostile()] {
        let picture = svg(&tree).unwrap();
        let document = roxmltree::Document::parse(&picture).unwrap();
        let count = |tag: &str| {
            document
                .descendants()
                .filter(|n| n.has_tag_name(tag))
                .count()
        };
        assert_eq!(count("script"), 0);
        // One per node and one for the picture itself.
        assert_eq!(count("title"), tree.nodes.len() + 1);
        // Two joined nodes of set 1.
        assert_eq!(picture.matches("stroke-dasharray=\"5 4\"").count(), 1);
        assert!(picture.contains("… 312 more") && picture.contains("… 1,204 more"));
    }
}

#[test]
fn svg_keeps_everything_inside_and_rows_apart() {
    let picture = svg(&sample()).unwrap();
    let document = roxmltree::Document::parse(&picture).unwrap();
    let number = |n: roxmltree::Node, name: &str| {
        n.attribute(name)
            .and_then(|v| v.parse::<f64>().ok())
            .unwrap()
    };
    let root = document.root_element();
    let (width, height) = (number(root, "width"), number(root, "height"));
    let mut ends = Vec::new();
    for text in document.descendants().filter(|n| n.has_tag_name("text")) {
        let (x, y) = (number(text, "x"), number(text, "y"));
        assert!(
            (0.0..width).contains(&x) && (0.0..height).contains(&y),
            "{:?}",
            text.text()
        );
        if text.attribute("font-weight") == Some("bold") && text.attribute("font-size").is_none() {
            ends.push(y);
        }
    }
    ends.sort_by(f64::total_cmp);
    assert_eq!(ends.len(), 3);
    assert!(ends.windows(2).all(|w| w[1] - w[0] >= 30.0));
}

#[test]
fn dot_as_text() {
    insta::assert_snapshot!(dot(&sample()).unwrap());
}

#[test]
fn tikz_as_text() {
    insta::assert_snapshot!(tikz(&sample()).unwrap());
}

#[test]
fn dot_strings_stay_closed_whatever_the_labels() {
    let text = dot(&hostile()).unwrap();
    for line in text.lines() {
        let bare = line.replace("\\\\", "").replace("\\\"", "");
        assert_eq!(bare.matches('"').count() % 2, 0, "{line}");
    }
}

#[test]
fn tikz_braces_balance_and_commands_are_ours_whatever_the_labels() {
    let text = tikz(&hostile()).unwrap();
    let bare = text.replace("\\{", "").replace("\\}", "");
    assert_eq!(bare.matches('{').count(), bare.matches('}').count());
    assert!(!text.contains("\\input{x}"));
}

#[test]
fn what_is_no_tree_is_refused() {
    let error = |tree: &TreePicture| svg(tree).unwrap_err();
    assert_eq!(error(&TreePicture::default()), TreeError::Empty);
    let mut tree = sample();
    tree.nodes[3].parent = Some(5);
    assert_eq!(error(&tree), TreeError::Parent(3));
    tree = sample();
    tree.nodes[1].kind = Decision(2);
    let actor = TreeError::Actor {
        node: 1,
        actor: 2,
        actors: 2,
    };
    assert_eq!(error(&tree), actor);
    tree = sample();
    tree.nodes[7].parent = Some(4);
    assert_eq!(dot(&tree).unwrap_err(), TreeError::AfterEnd(4));
    assert_eq!(tikz(&tree).unwrap_err(), TreeError::AfterEnd(4));
}

#[test]
fn a_very_deep_tree_does_not_exhaust_the_stack() {
    let mut tree = sample();
    for i in tree.nodes.len()..50_000 {
        let parent = if i == 8 { 7 } else { i - 1 };
        tree.nodes
            .push(node(Some(parent), Decision(1), "wait", "wait", 0.5));
    }
    assert!(svg(&tree).unwrap().len() > 1_000_000);
    assert!(tikz(&tree).is_ok() && dot(&tree).is_ok());
}
