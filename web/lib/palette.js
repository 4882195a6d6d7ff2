// One fixed colour per ending and per actor in every chart; the colours themselves stand in the style sheet, so
// that light, dark and print need no redrawing.

/** Colour of the ending at this position. */
export const endingColor = (index) => `var(--ending-${index % 10})`;

/** Colour of the actor at this position. */
export const actorColor = (index) => `var(--actor-${index % 10})`;

/** Colour of chance, and of whatever belongs to nobody. */
export const nobodyColor = "var(--nobody)";

/** Colour of an actor by its name. */
export function actorColorOf(findings, id) {
  const index = findings.actors.findIndex((actor) => actor.id === id);
  return index < 0 ? nobodyColor : actorColor(index);
}

/** Colour of an ending by its name. */
export function endingColorOf(findings, id) {
  const index = findings.endings.findIndex((ending) => ending.id === id);
  return index < 0 ? nobodyColor : endingColor(index);
}
