/**
 * The known word most like another, as Python's difflib finds it: by the longest common runs.
 */

/** Words less alike than this are not offered. */
const CUTOFF = 0.5;

/** From this length on difflib leaves out letters that make up more than one in a hundred. */
const POPULAR_FROM = 200;

/**
 * The word of `known` that is most like `word`; of several the last by code point.
 * @returns {?string} null when none is like it
 */
export function closestMatch(word, known) {
  const target = Array.from(word);
  const places = placesOf(target);
  let best = null;
  for (const candidate of known) {
    const score = likeness(Array.from(candidate), target, places);
    if (score < CUTOFF) continue;
    const better =
      best === null ||
      score > best.score ||
      (score === best.score && byCodePoint(candidate, best.candidate) > 0);
    if (better) best = { score, candidate };
  }
  return best && best.candidate;
}

/** Where each letter of the target stands. */
function placesOf(target) {
  const places = new Map();
  target.forEach((letter, j) => places.set(letter, [...(places.get(letter) ?? []), j]));
  if (target.length >= POPULAR_FROM) {
    const many = Math.floor(target.length / 100) + 1;
    for (const [letter, at] of places) if (at.length > many) places.delete(letter);
  }
  return places;
}

/** Twice the letters in common runs, as a share of all letters; 0 … 1. */
function likeness(a, b, places) {
  const whole = a.length + b.length;
  if (whole === 0) return 1;
  if ((2 * Math.min(a.length, b.length)) / whole < CUTOFF) return 0;
  let matched = 0;
  const waiting = [[0, a.length, 0, b.length]];
  while (waiting.length) {
    const [aLow, aHigh, bLow, bHigh] = waiting.pop();
    const [i, j, size] = longestRun(a, b, places, aLow, aHigh, bLow, bHigh);
    if (size === 0) continue;
    matched += size;
    if (aLow < i && bLow < j) waiting.push([aLow, i, bLow, j]);
    if (i + size < aHigh && j + size < bHigh) waiting.push([i + size, aHigh, j + size, bHigh]);
  }
  return (2 * matched) / whole;
}

/** The longest run that both hold within the bounds, the first of the longest: [i, j, size]. */
function longestRun(a, b, places, aLow, aHigh, bLow, bHigh) {
  let [bestI, bestJ, size] = [aLow, bLow, 0];
  let lengths = new Map();
  for (let i = aLow; i < aHigh; i += 1) {
    const next = new Map();
    for (const j of places.get(a[i]) ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const run = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, run);
      if (run > size) [bestI, bestJ, size] = [i - run + 1, j - run + 1, run];
    }
    lengths = next;
  }
  // letters left out as popular still lengthen a run
  while (bestI > aLow && bestJ > bLow && a[bestI - 1] === b[bestJ - 1]) {
    [bestI, bestJ, size] = [bestI - 1, bestJ - 1, size + 1];
  }
  while (bestI + size < aHigh && bestJ + size < bHigh && a[bestI + size] === b[bestJ + size]) {
    size += 1;
  }
  return [bestI, bestJ, size];
}
