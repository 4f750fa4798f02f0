/** Which documents speak for a place and a day, which merely reach it: no data is never "no". */

/**
 * @typedef {object} Coverage Document ids, each list in the catalogue's order.
 * @property {string[]} speaking jurisdiction contains the place and the plan covers the day
 * @property {string[]} unsure whether the jurisdiction contains the place cannot be told
 * @property {string[]} reaching not theirs, but a place of one of their binding rules is T or U
 * @property {string[]} local jurisdiction contains the place, whatever the day
 * @property {string[]} expired local, unsure or reaching, with a plan that ended before the day
 * @property {string[]} upcoming local, unsure or reaching, with a plan that starts after the day
 */

/**
 * How each document of the catalogue stands to the asker's place and day.
 * @returns {Coverage}
 */
export function coverageOf(asker) {
  const { documents } = asker.book;
  const { day } = asker;
  const names = [...documents.keys()];
  const standing = (name) => zoneTruth(asker.places.get(documents.get(name).jurisdiction)).value;
  const values = new Map(names.map((name) => [name, standing(name)]));
  const local = names.filter((name) => values.get(name) === T);
  const unsure = names.filter((name) => values.get(name) === U);
  const reaching = names.filter((name) => values.get(name) === F && reaches(name, asker));
  const near = names.filter((name) => [local, unsure, reaching].flat().includes(name));
  const covers = (name) => documents.get(name).covers;
  return {
    speaking: local.filter((name) => covers(name).from <= day && day <= covers(name).until),
    unsure,
    reaching,
    local,
    expired: near.filter((name) => covers(name).until < day),
    upcoming: near.filter((name) => day < covers(name).from),
  };
}

/** Every document that has to do with the place, on any day. */
export function nearDocuments(coverage) {
  return [...new Set([...coverage.local, ...coverage.unsure, ...coverage.reaching])];
}

/** A binding rule of `document`, of any activity and date, has its place T or U here. */
export function reaches(document, asker) {
  const wheres = asker.book.register.wheres(document);
  return wheres.some((where) => whereTruth(where, asker.places).value !== F);
}
