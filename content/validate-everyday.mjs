// What the validator asks of the files for every day: feelings.json, cherish.json and knowing.json.
import { alike, faultsOf, fleschKincaid, kAlike, kGrade, placeholders, words } from './validate-words.mjs';

// What two people pick is kept by its id, for ever; what screens name stands here too. The wording may get better, the id stays.
const kTouches = ['squeeze', 'hug', 'kiss', 'love', 'thought'];
const kCards = ['hug', 'kiss', 'goodbye'];
const kNews = ['work', 'body', 'people', 'luck', 'effort', 'joy'];
const kReplies = ['thanks', 'heard', 'ask', 'too'];
const kPages = ['delights', 'worries', 'dreams', 'wishes', 'comfort', 'signs', 'history', 'people'];
const kGroups = {
  efforts: ['home', 'people', 'mind', 'money', 'us'],
  gestures: ['touch', 'words', 'deeds', 'time', 'distance'],
};

const kLeast = { families: 8, inFamily: 8, feelings: 60, efforts: 44, gestures: 36, inGroup: 5, loves: 12, news: 8, replies: 4, asks: 8 };
const kMost = { id: 32, inFamily: 9, name: 24, like: 60, effort: 48, gesture: 52, love: 80, arrives: 60, title: 32, lead: 90, step: 80, after: 90, news: 90, reply: 90, ask: 110 };
const kLonger = 1.5; // a translation may run longer than the English

// A verdict on the other is no feeling.
const kVerdicts = new Set(
  `abandoned abused accused attacked belittled betrayed blamed bullied cheated coerced controlled cornered criticised deceived
   dismissed disrespected excluded ignored insulted interrupted invisible judged manipulated misunderstood mistreated neglected
   patronised pressured provoked punished rejected threatened trapped unappreciated unheard unloved unseen unsupported unwanted used
   wronged`.split(/\s+/),
);

const keys = (entry) => Object.keys(entry ?? {}).join();
const list = (one) => (Array.isArray(one) ? one : []);
const twice = (all) => all.filter((one, at) => all.indexOf(one) !== at);
const fold = (text) => words(String(text)).join(' ');
const kId = /^[a-z]+(?:-[a-z0-9]+)*$/;

/** Entries whose keys, in their order, are not these. */
const otherKeys = (entries, known) => list(entries).filter((one) => keys(one) !== known).map((one) => `${one?.id} has ${keys(one)}`);
const badIds = (entries, fits) => list(entries).filter(({ id }) => typeof id !== 'string' || id.length > kMost.id || !kId.test(id) || !fits(id)).map(({ id }) => `“${id}” is no id`);
const fewer = (what, count, least) => (count < least ? [`${what}: ${count}, at least ${least}`] : []);
const unlike = (what, ids, known) => (ids.join() === known.join() ? [] : [`${what} are ${ids}`]);
const ofPart = (texts, ...parts) => texts.filter(([, , part]) => parts.includes(part));
const failing = (texts, fits) => texts.filter(([, text]) => !fits(text)).map(([place, text]) => `${place}: ${text}`);

function head(table, known, english) {
  return [
    [`has ${known}, and nothing else`, keys(table) === known ? [] : [`has ${keys(table)}`]],
    ['names its version and language', [
      ...(Number.isInteger(table.version) && table.version > 0 ? [] : ['version is no number']),
      ...(typeof table.language === 'string' && (table.language === 'en') === Boolean(english) ? [] : [`language is “${table.language}”`]),
    ]],
  ];
}

/** What holds for every text: texts are [place, text, part], the part being what kMost measures. */
function tone(texts, english) {
  const most = (part) => Math.floor(kMost[part] * (english ? 1 : kLonger));
  return [
    ['every text is a string', texts.filter(([, text]) => typeof text !== 'string').map(([place]) => place)],
    ['reads as Attune speaks', texts.flatMap(([place, text]) => faultsOf(String(text)).map((fault) => `${place} ${fault}`))],
    ['is short', texts.filter(([, text, part]) => String(text).length > most(part)).map(([place, text, part]) => `${place} has ${text.length} characters, at most ${most(part)}`)],
  ];
}

const grades = (texts) => texts.filter(([, , part]) => part !== 'name' && part !== 'title').map(([place, text]) => [place, fleschKincaid(String(text))]);
const hardest = (texts) => Math.max(0, ...grades(texts).map(([, grade]) => grade)).toFixed(1);
const tooHard = (texts) => [`Flesch-Kincaid grade at most ${kGrade}`, grades(texts).filter(([, grade]) => grade > kGrade).map(([place, grade]) => `${place} has grade ${grade.toFixed(1)}`)];

function pairsAlike(ours, others = []) {
  const pairs = ours.flatMap((one, at) => [...ours.slice(at + 1), ...others].map((two) => [one, two, alike(String(one[1]), String(two[1]))]));
  return pairs.filter(([, , share]) => share >= kAlike).map(([[a], [b], share]) => `${a} and ${b} share ${share.toFixed(2)}`);
}

// ------------------------------------------------------------------------------------------------------------ feelings

/** [sentence, what is wrong] for each check, and a line of counts. */
export function feelingsChecks(table, english) {
  const families = list(table.families);
  const feelings = families.flatMap((family) => list(family.feelings));
  const all = [...families, ...feelings];
  const texts = all.flatMap(({ id, name, like }) => [[`${id} name`, name, 'name'], [`${id} like`, like, 'like']]);
  const likes = ofPart(texts, 'like');
  const checks = [
    ...head(table, 'version,language,families', english),
    ['a family has id, name, what it is like and feelings', otherKeys(families, 'id,name,like,feelings')],
    ['a feeling has id, name and what it is like', otherKeys(feelings, 'id,name,like')],
    ['two levels: families, and feelings in each', [
      ...fewer('families', families.length, kLeast.families),
      ...fewer('feelings', feelings.length, kLeast.feelings),
      ...families.filter(({ feelings: own }) => list(own).length < kLeast.inFamily || list(own).length > kMost.inFamily).map(({ id, feelings: own }) => `${id} has ${list(own).length}`),
    ]],
    ['a family’s id is one word', badIds(families, (id) => /^[a-z]+$/.test(id))],
    ['a feeling’s id begins with its family’s', families.flatMap((family) => badIds(family.feelings, (id) => id.startsWith(`${family.id}-`)))],
    ['no id twice', twice(all.map(({ id }) => id))],
    ['no two names alike', twice(all.map(({ name }) => fold(name)))],
    ['no two are like the same', twice(all.map(({ like }) => fold(like)))],
    ...tone(texts, english),
    ['takes no placeholder', failing(texts, (text) => !/[{}]/.test(text))],
    ['what it is like has no full stop', failing(likes, (text) => !/[.?…:;]$/.test(text))],
  ];
  if (english)
    checks.push(
      ['a name is one word or two, in sentence case', failing(ofPart(texts, 'name'), (text) => /^[A-Z][a-z]+(?: [a-z]+)?$/.test(text))],
      ['what it is like begins small', failing(likes, (text) => /^[a-z]/.test(text))],
      ['no verdict is called a feeling', failing(texts, (text) => !words(String(text)).some((word) => kVerdicts.has(word)))],
      tooHard(texts),
      ['no two scenes alike', pairsAlike(likes)],
    );
  return { checks, counts: `${families.length} families, ${feelings.length} feelings` + (english ? `; hardest grade ${hardest(texts)}` : '') };
}

// ------------------------------------------------------------------------------------------------------------- cherish

function cherishTexts(table) {
  return [
    ...list(table.efforts).map(({ id, text }) => [id, text, 'effort']),
    ...list(table.gestures).map(({ id, text }) => [id, text, 'gesture']),
    ...list(table.loves).map(({ id, text }) => [id, text, 'love']),
    ...list(table.touches).flatMap(({ id, name, arrives }) => [[`touch ${id} name`, name, 'name'], [`touch ${id} arrives`, arrives, 'arrives']]),
    ...list(table.cards).flatMap(({ id, title, lead, steps, after }) => [
      [`card ${id} title`, title, 'title'], [`card ${id} lead`, lead, 'lead'], ...list(steps).map((step, at) => [`card ${id} step ${at + 1}`, step, 'step']), [`card ${id} after`, after, 'after'],
    ]),
    ...list(table.news).flatMap(({ id, name, questions }) => [[`news ${id} name`, name, 'name'], ...list(questions).map((one) => [one.id, one.text, 'news'])]),
    ...Object.entries(table.replies ?? {}).flatMap(([kind, some]) => list(some).map((text, at) => [`reply ${kind} ${at + 1}`, text, 'reply'])),
  ];
}

function cherishForm(table) {
  const { efforts, gestures, loves, touches, cards, news } = Object.fromEntries(['efforts', 'gestures', 'loves', 'touches', 'cards', 'news'].map((part) => [part, list(table[part])]));
  const questions = news.flatMap((kind) => list(kind.questions));
  const grouped = Object.entries(kGroups).flatMap(([part, groups]) => [
    ...list(table[part]).filter(({ group }) => !groups.includes(group)).map(({ id, group }) => `${id} is of “${group}”`),
    ...groups.flatMap((group) => fewer(`${part} of ${group}`, list(table[part]).filter((one) => one.group === group).length, kLeast.inGroup)),
  ]);
  const ids = (entries) => entries.map(({ id }) => id);
  return [
    ['each entry has its keys, and nothing else', [
      ...otherKeys(efforts, 'id,group,invisible,text'), ...otherKeys(gestures, 'id,group,text'), ...otherKeys(loves, 'id,text'), ...otherKeys(touches, 'id,name,arrives'),
      ...otherKeys(cards, 'id,title,seconds,lead,steps,after'), ...otherKeys(news, 'id,name,questions'), ...otherKeys(questions, 'id,text'),
    ]],
    ['ids say what they are', [
      ...badIds(efforts, (id) => id.startsWith('ef-')), ...badIds(gestures, (id) => id.startsWith('ge-')), ...badIds(loves, (id) => id.startsWith('lo-')),
      ...news.flatMap((kind) => list(kind.questions).filter(({ id }, at) => id !== `nq-${kind.id}-${at + 1}`).map(({ id }) => `${kind.id}: “${id}”`)),
    ]],
    ['no id twice', twice([...ids(efforts), ...ids(gestures), ...ids(loves), ...ids(questions)])],
    ['touches, cards, kinds of news and of replies are those that are known', [
      ...unlike('touches', ids(touches), kTouches), ...unlike('cards', ids(cards), kCards), ...unlike('news', ids(news), kNews), ...unlike('replies', Object.keys(table.replies ?? {}), kReplies),
    ]],
    ['every group is known and has some', grouped],
    ['there is enough of each', [
      ...fewer('efforts', efforts.length, kLeast.efforts), ...fewer('gestures', gestures.length, kLeast.gestures), ...fewer('loves', loves.length, kLeast.loves),
      ...news.flatMap((kind) => fewer(`questions about ${kind.id}`, list(kind.questions).length, kLeast.news)),
      ...kReplies.flatMap((kind) => fewer(`replies of ${kind}`, list(table.replies?.[kind]).length, kLeast.replies)),
    ]],
    ['an effort is invisible or not, and half of them are', [
      ...efforts.filter(({ invisible }) => typeof invisible !== 'boolean').map(({ id }) => id),
      ...fewer('invisible', efforts.filter(({ invisible }) => invisible).length, efforts.length / 2),
    ]],
    ['a card has three steps and its seconds', cards.filter(({ seconds, steps }) => list(steps).length !== 3 || !Number.isInteger(seconds) || seconds < 3 || seconds > 120).map(({ id }) => id)],
  ];
}

/** [sentence, what is wrong] for each check, and a line of counts. */
export function cherishChecks(table, english) {
  const texts = cherishTexts(table);
  const arrives = ofPart(texts, 'arrives');
  const questions = ofPart(texts, 'news');
  const checks = [
    ...head(table, 'version,language,efforts,gestures,loves,touches,cards,news,replies', english),
    ...cherishForm(table),
    ...tone(texts, english),
    ['no two texts alike', twice(texts.filter(([, , part]) => part !== 'name').map(([, text]) => fold(text)))],
    ['a touch says once who it is from', arrives.filter(([, text]) => !/^(?:other|Other)$/.test(placeholders(String(text)).join())).map(([place]) => place)],
    ['nothing else takes a placeholder', failing(texts.filter(([, , part]) => part !== 'arrives'), (text) => !/[{}]/.test(text))],
    ['efforts, gestures, names and titles have no full stop', failing(ofPart(texts, 'effort', 'gesture', 'name', 'title'), (text) => !/[.?…:;]$/.test(text))],
    ['whatever is said ends as a sentence', failing(ofPart(texts, 'love', 'arrives', 'lead', 'step', 'after'), (text) => /[.。]”?$/.test(text))],
    ['a reply is a sentence, or begins one', failing(ofPart(texts, 'reply'), (text) => /[.?…]$/.test(text))],
    ['every question asks', failing(questions, (text) => /[?？؟]$/.test(text))],
  ];
  if (english)
    checks.push(
      ['an effort is something you did', failing(ofPart(texts, 'effort'), (text) => /^You [a-z]+/.test(text))],
      ['the first way to say it is “I love you.”', texts.find(([, , part]) => part === 'love')?.[1] === 'I love you.' ? [] : ['it is not']],
      ['{Other} begins what arrives', failing(arrives, (text) => text.startsWith('{Other} '))],
      ['a question is about the teller', failing(questions, (text) => !words(String(text)).some((word) => /^(?:i|me|my|mine|we|us|our)(?:’|$)/.test(word)))],
      ['a card claims no study', failing(ofPart(texts, 'lead', 'step', 'after'), (text) => !/stud(?:y|ies)|research|scien|hormone|oxytocin|proven/i.test(text))],
      tooHard(texts),
      ['no two questions alike', pairsAlike(questions)],
    );
  const of = (part) => ofPart(texts, part).length;
  const unseen = list(table.efforts).filter(({ invisible }) => invisible).length;
  const counts =
    `${of('effort')} efforts (${unseen} invisible), ${of('gesture')} gestures, ${of('love')} ways to say it, ${of('arrives')} touches, ${of('title')} cards, ` +
    `${of('news')} questions about good news, ${of('reply')} replies` + (english ? `; hardest grade ${hardest(texts)}` : '');
  return { checks, counts };
}

// ------------------------------------------------------------------------------------------------------------- knowing

function knowingTexts(table) {
  return list(table.pages).flatMap(({ id, title, lead, asks }) => [
    [`${id} title`, title, 'title'], [`${id} lead`, lead, 'lead'], ...list(asks).flatMap((ask) => [[ask.id, ask.text, 'ask'], [`${ask.id} guess`, ask.guess, 'ask']]),
  ]);
}

/** [sentence, what is wrong] for each check, and a line of counts. */
export function knowingChecks(table, english) {
  const pages = list(table.pages);
  const asks = pages.flatMap((page) => list(page.asks));
  const texts = knowingTexts(table);
  const guesses = texts.filter(([place]) => / guess$/.test(place));
  const others = texts.filter(([place]) => !/ guess$/.test(place));
  const checks = [
    ...head(table, 'version,language,pages', english),
    ['a page has id, title, lead and asks', otherKeys(pages, 'id,title,lead,asks')],
    ['an ask has id, text and guess', otherKeys(asks, 'id,text,guess')],
    ['the pages are those that are known', unlike('pages', pages.map(({ id }) => id), kPages)],
    ['ids say page and number', pages.flatMap((page) => list(page.asks).filter(({ id }, at) => id !== `kn-${page.id}-${at + 1}`).map(({ id }) => `${page.id}: “${id}”`))],
    ['no id twice', twice(asks.map(({ id }) => id))],
    ['a page has enough to ask', pages.flatMap((page) => fewer(`asks of ${page.id}`, list(page.asks).length, kLeast.asks))],
    ...tone(texts, english),
    ['no text twice', twice(texts.map(([, text]) => fold(text)))],
    ['a title has no full stop', failing(ofPart(texts, 'title'), (text) => !/[.?…:;]$/.test(text))],
    ['a lead ends as a sentence', failing(ofPart(texts, 'lead'), (text) => /[.。]”?$/.test(text))],
    ['every ask and guess asks', failing(ofPart(texts, 'ask'), (text) => /[?？؟]$/.test(text))],
    ['a guess names the other once', guesses.filter(([, text]) => !/^(?:other|Other)$/.test(placeholders(String(text)).join())).map(([place, text]) => `${place}: ${text}`)],
    ['nothing else takes a placeholder', failing(others, (text) => !/[{}]/.test(text))],
  ];
  if (english)
    checks.push(
      ['an ask speaks to its owner', failing(ofPart(others, 'ask'), (text) => words(String(text)).some((word) => /^you(?:r|rs|rself|’.*)?$/.test(word)))],
      ['an ask is nobody’s in particular', failing(ofPart(texts, 'ask'), (text) => !words(String(text)).some((word) => /^(?:i|me|my|mine|we|us|our)(?:’|$)/.test(word)))],
      tooHard(texts),
      ['no two asks alike', pairsAlike(ofPart(others, 'ask'))],
      ['no two guesses alike', pairsAlike(guesses)],
    );
  return { checks, counts: `${pages.length} pages, ${asks.length} asks` + (english ? `; hardest grade ${hardest(texts)}` : '') };
}

// ------------------------------------------------------------------------------------------------------------- together

/** English only: no question about good news and no ask is like another, or like a prompt ({id, text}) of any deck. */
export function apartChecks(cherish, knowing, prompts) {
  const ours = [...ofPart(cherishTexts(cherish), 'news'), ...ofPart(knowingTexts(knowing), 'ask').filter(([place]) => !/ guess$/.test(place))];
  const guesses = knowingTexts(knowing).filter(([place]) => / guess$/.test(place));
  const theirs = prompts.map(({ id, text }) => [id, text]);
  const news = ofPart(cherishTexts(cherish), 'news');
  return {
    checks: [
      ['no question, ask or prompt is like another', pairsAlike(ours, theirs)],
      ['no guess is like a question or a prompt', pairsAlike(guesses, [...news, ...theirs])],
    ],
    counts: `${ours.length} questions and asks held against ${theirs.length} prompts`,
  };
}
