// What the validator knows of words and sentences: how hard a text reads, how alike two are, and what Attune never says.

export const kGrade = 7; // Flesch-Kincaid: a tired reader at ten in the evening
export const kAlike = 0.5; // Jaccard of stems: from here on two prompts count as one
export const kLong = 40; // two equal texts longer than this are one text kept twice

// No gender and no marriage is assumed, nobody's method or brand is named. Whole words, any case.
const kNever = new Set(
  `he she him her his hers himself herself man men woman women male female boy boys girl girls guy guys lady ladies
   gentleman gentlemen mr mrs sir madam husband husbands wife wives spouse spouses boyfriend girlfriend fiance fiancé
   fiancée bride groom marriage marriages marry married marries marital wedding weddings wed honeymoon newlywed divorce
   divorced mother father mum mom mummy mommy dad daddy son daughter sister brother
   gottman imago enneagram myers-briggs tantra instagram facebook whatsapp tinder google netflix spotify`
    .split(/\s+/),
);
const kNeverPhrases = ['love language', 'magic ratio', 'four horsemen', 'date night', 'better half', 'something went wrong', 'coming soon'];

export function words(text) {
  return text.toLowerCase().replace(/[’']/g, '’').match(/[\p{L}]+(?:[’-][\p{L}]+)*/gu) ?? [];
}

function syllables(word) {
  const plain = word.normalize('NFD').replace(/[^a-z]/g, '');
  if (plain.length <= 3) return 1;
  const groups = plain.replace(/(?:[^laeiouy]es|[^tdaeiouy]ed|[^laeiouy]e)$/, (end) => end[0]).match(/[aeiouy]{1,2}/g);
  return Math.max(1, groups?.length ?? 1);
}

export function fleschKincaid(text) {
  const all = words(text);
  const sentences = Math.max(1, text.match(/[.?:;…]+[”’]?(?=\s|$)/g)?.length ?? 1);
  const spoken = all.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (all.length / sentences) + 11.8 * (spoken / all.length) - 15.59;
}

function stem(word) {
  let stemmed = word.replace(/’.*$/, '');
  for (const [end, least, instead] of [['iest', 3, 'y'], ['ies', 3, 'y'], ['ing', 3, ''], ['edly', 3, ''], ['ed', 3, ''], ['ly', 3, ''], ['est', 4, ''], ['es', 3, ''], ['s', 3, ''], ['e', 3, '']])
    if (stemmed.endsWith(end) && stemmed.length - end.length >= least) {
      stemmed = stemmed.slice(0, -end.length) + instead;
      break;
    }
  return stemmed.replace(/([^aeiouls])\1$/, '$1');
}

/** The stems of a text: each is held against hundreds of others. */
const stems = new Map();
function stems_of(text) {
  if (!stems.has(text)) stems.set(text, new Set(words(text).map(stem)));
  return stems.get(text);
}

export function alike(a, b) {
  const [left, right] = [stems_of(a), stems_of(b)];
  const shared = [...left].filter((one) => right.has(one)).length;
  return shared / (left.size + right.size - shared);
}

export const placeholders = (text) => [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);

/** What is wrong with one string, whatever file it stands in. */
export function faultsOf(text) {
  const wrong = [];
  if (text.trim() === '') return ['is empty'];
  if (text !== text.trim() || / {2}/.test(text)) wrong.push('has stray spaces');
  if (/[!¡]/.test(text)) wrong.push('exclaims');
  if (/["'`]/.test(text.replace(/'[^']*\{json\}[^']*'|'<json>'/g, ''))) wrong.push('has typewriter quotes: use ’ “ ”');
  if (/\.\.\./.test(text)) wrong.push('has three dots');
  if (text.replace(/\{[A-Za-z]+\}/g, '').match(/[{}]/)) wrong.push('has a broken placeholder');
  if (/<[a-z/]/i.test(text.replace(/<(?:json|words|link|item|text|prompt|question|view|name|relay|practice|command)>/g, ''))) wrong.push('has markup');
  const spoken = new Set(words(text));
  for (const word of spoken) if (kNever.has(word)) wrong.push(`says “${word}”`);
  for (const phrase of kNeverPhrases) if (text.toLowerCase().includes(phrase)) wrong.push(`says “${phrase}”`);
  if (/(?:^|[.?:] )\{other\}/.test(text)) wrong.push('begins a sentence with {other}: use {Other}');
  if (/[^.?:“ ] \{Other\}/.test(text)) wrong.push('has {Other} inside a sentence: use {other}');
  return wrong;
}
