/** Others' words in an error message: as much as fits on a line. */
const CHARACTERS_MAX = 300;
/** Controls, lone surrogates, what turns the direction of writing, and what is not seen: a message reaches terminals. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** In quotes; what is not seen as escapes, what is too long without its end. */
export function quoted(text: string): string {
  const start = text.slice(0, CHARACTERS_MAX);
  const shown = JSON.stringify(start).replaceAll(UNSEEN, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return start.length === text.length ? shown : `${shown}… (${String(text.length)} characters)`;
}
