// What the validator asks of listening.json: cards on how to listen, and rounds to practise alone.
import { alike, faultsOf, fleschKincaid, kAlike, kGrade, words } from './validate-words.mjs';

// Screens and links name a card by its id, so the ids stand here too: the wording may get better, the id stays.
const kIds = {
  cards: ['what-it-was-like', 'own-words', 'their-yes', 'no-fixing', 'a-guess', 'time-out'],
  practice: ['late-train', 'quiet-weekend', 'good-results'],
};
const kMostWords = { card: 110, said: 80, look_for: 16, example: 60 }; // a card with its example, read aloud in a minute
const kSentences = { least: 3, most: 5 }; // of a piece to practise on

/** Every text in a card or a round, with the place it stands at. */
function textsIn(entry, place) {
  if (typeof entry !== 'object' || entry === null) return [[place, entry]];
  return Object.entries(entry).filter(([part]) => part !== 'id').flatMap(([part, one]) => textsIn(one, Array.isArray(entry) ? place : `${place} ${part}`));
}
const onlyTexts = (entry, place) => textsIn(entry, place).filter(([, text]) => typeof text === 'string');
const keys = (entry) => Object.keys(entry ?? {}).join();
const tooLong = (place, count, most) => (count > most ? [`${place} has ${count} words, at most ${most}`] : []);

function form({ cards, practice }, all) {
  const ids = (part) => part.map(({ id }) => id);
  return [
    ['no id twice', ids(all).filter((id, at) => ids(all).indexOf(id) !== at)],
    ['the ids are those that are known', [[cards, kIds.cards], [practice, kIds.practice]].filter(([part, known]) => ids(part).join() !== known.join()).map(([part]) => `ids are ${ids(part)}`)],
    ['every card has title, text and example, and nothing else', [
      ...cards.filter((card) => keys(card) !== 'id,title,text,example').map((card) => `${card.id} has ${keys(card)}`),
      ...cards.filter(({ example }) => !/^said,heard(,note)?$/.test(keys(example))).map(({ id, example }) => `${id} example has ${keys(example)}`),
    ]],
    ['every round has what is said, what to look for and an example, and nothing else', practice.filter((round) => keys(round) !== 'id,said,look_for,example').map((round) => `${round.id} has ${keys(round)}`)],
    ['a round has two or three lines to look for', practice.filter(({ look_for: lines }) => !Array.isArray(lines) || lines.length < 2 || lines.length > 3).map(({ id }) => id)],
    ['every text is a string', all.flatMap((entry) => textsIn(entry, entry.id)).filter(([, text]) => typeof text !== 'string').map(([place]) => place)],
  ];
}

function tone(texts) {
  return [
    ['reads as Attune speaks', texts.flatMap(([place, text]) => faultsOf(text).map((fault) => `${place} ${fault}`))],
    ['takes no placeholder', texts.filter(([, text]) => /[{}]/.test(text)).map(([place]) => place)],
    ['all but titles end as sentences', texts.filter(([place, text]) => !place.endsWith(' title') && !/[.?…]”?$/.test(text)).map(([place]) => place)],
  ];
}

const wordsOf = (card) => words(onlyTexts(card, '').map(([, text]) => text).join(' ')).length;

/** Lengths, grade, and that giving back is more than saying the same words again: measured for English. */
function reading({ cards, practice }, texts) {
  const rounds = practice.flatMap((round) => onlyTexts(round, round.id));
  const sentences = practice.map(({ id, said }) => [id, String(said).match(/[.?…]+”?(?=\s|$)/g)?.length ?? 0]);
  const pairs = [...cards.map(({ id, example }) => [id, example?.said, example?.heard]), ...practice.map(({ id, said, example }) => [id, said, example])];
  return [
    ['a card is read aloud in a minute', cards.flatMap((card) => tooLong(card.id, wordsOf(card), kMostWords.card))],
    ['rounds are short', rounds.flatMap(([place, text]) => tooLong(place, words(text).length, kMostWords[place.split(' ')[1]]))],
    ['a piece to practise on has three to five sentences', sentences.filter(([, count]) => count < kSentences.least || count > kSentences.most).map(([id, count]) => `${id} has ${count}`)],
    ['nothing is given back in the same words', pairs.filter(([, said, heard]) => alike(String(said), String(heard)) >= kAlike).map(([id]) => id)],
    [`Flesch-Kincaid grade at most ${kGrade}`, texts.map(([place, text]) => [place, fleschKincaid(text)]).filter(([, grade]) => grade > kGrade).map(([place, grade]) => `${place} has grade ${grade.toFixed(1)}`)],
  ];
}

/** [sentence, what is wrong] for each check, and a line of counts. */
export function listeningChecks(listening, english) {
  const parts = { cards: listening.cards ?? [], practice: listening.practice ?? [] };
  const all = [...parts.cards, ...parts.practice];
  const texts = all.flatMap((entry) => onlyTexts(entry, entry.id));
  const checks = [['has cards and practice rounds, and nothing else', keys(listening) === 'cards,practice' ? [] : [`has ${keys(listening)}`]], ...form(parts, all), ...tone(texts)];
  if (english) checks.push(...reading(parts, texts));
  const longest = Math.max(0, ...parts.cards.map(wordsOf));
  const hardest = Math.max(...texts.map(([, text]) => fleschKincaid(text)));
  const counts = `${parts.cards.length} cards, the longest of ${longest} words, and ${parts.practice.length} rounds to practise` + (english ? `; hardest grade ${hardest.toFixed(1)}` : '');
  return { checks, counts };
}
