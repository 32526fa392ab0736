// Parts of a drawing.

export function svg(name, attributes = {}, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A line along the path `d`, and its head at `end`: it points `towards` a direction of length 1. */
export function arrow({ d, end: [x, y], towards: [dx, dy] }, kind) {
  const corner = (side) => `L${x - 7 * dx + side * 4 * dy},${y - 7 * dy - side * 4 * dx}`;
  const made = svg('g', { class: kind });
  made.append(svg('path', { class: 'line', d }), svg('path', { class: 'head', d: `M${x},${y} ${corner(1)} ${corner(-1)} Z` }));
  return made;
}

/** A straight arrow from one point to another. */
export function straight([fromX, fromY], [toX, toY], kind) {
  const length = Math.hypot(toX - fromX, toY - fromY);
  const towards = [(toX - fromX) / length, (toY - fromY) / length];
  // The line ends in the head, and not before its tip.
  const [endX, endY] = [toX - 5 * towards[0], toY - 5 * towards[1]];
  return arrow({ d: `M${fromX},${fromY} L${endX},${endY}`, end: [toX, toY], towards }, kind);
}

/** The width to draw for, in pixels: that of `place`, or one that fits a phone while `place` is hidden. */
export const widthFor = (place) => place.clientWidth || 320;

/** Draws anew, by `draw(width)`, whenever `place` becomes wider or narrower. */
export function keepWidth(place, draw) {
  let drawn;
  new ResizeObserver(() => {
    if (!place.clientWidth || place.clientWidth === drawn) return;
    drawn = place.clientWidth;
    draw(drawn);
  }).observe(place);
}
