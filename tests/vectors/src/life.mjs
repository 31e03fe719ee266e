// The life of a couple that the vectors tell: keys, two streams of one's own, one of both, from genesis to end.
import { chosen, utf8, zeros } from './bytes.mjs';
import { device } from './crypto.mjs';
import { CONTROL, close, erase, genesis, member, members, record } from './wire.mjs';
import * as space from './space.mjs';

const named = (name) => device(chosen(`${name} sign`), chosen(`${name} box`));

export const people = {
  phone: named('phone'), laptop: named('laptop'), other: named('other'), reader: named('reader'), stranger: named('stranger'),
  phrase: space.phraseKeys(chosen('phrase', 16)),
};
export const keys = {
  mine: chosen('key of mine'), otherMine: chosen('key of the other mine'),
  ours: chosen('key of ours, epoch 0'), oursNext: chosen('key of ours, epoch 1'),
};

const boxOf = (name, who, stream, epoch, key) => space.box(who, stream, epoch, key, chosen(`ephemeral ${name} ${epoch}`));

/// Appends to `chain`; what comes back is the head for the next record.
function add(chain, what, made) {
  chain.push({ what, ...made });
  return made;
}
const control = (author, head, epoch, skeleton, label) =>
  record({ author, head, cls: CONTROL, epoch, nonce: chosen(`nonce ${label}`, 24), skeleton, content: zeros(0) });

export function mineOf(name, who, key) {
  const skeleton = genesis({
    kind: 0, pairing: zeros(32), continues: null, keyId: space.keyId(zeros(32), 0, key),
    adds: [member(who, 0, 0, zeros(32), zeros(64))],
    boxes: [boxOf(`${name} mine`, who, zeros(32), 0, key)],
  });
  return control(who, null, 0, skeleton, `${name} mine`);
}

export const mine = mineOf('phone', people.phone, keys.mine);
export const otherMine = mineOf('other', people.other, keys.otherMine);
export const self = mine.stream;
export const otherSelf = otherMine.stream;

/// *mine* of person 0: genesis, an event, the phrase.
export function mineChain() {
  const chain = [];
  let head = add(chain, 'genesis', mine);
  head = add(chain, 'event', space.event({
    author: people.phone, head, epoch: 0, key: keys.mine, entropy: chosen('entropy mine 1'),
    skeleton: '{"events":[]}', content: '{}', skeletonSize: space.MINE_SKELETON, contentSize: space.MINE_CONTENT,
  }));
  head = add(chain, 'adds the phrase', control(people.phone, head, 0, members({
    pairing: zeros(32), adds: [member(people.phrase, 0, 1, self)], removes: [],
    boxes: [boxOf('phrase mine', people.phrase, head.stream, 0, keys.mine)], epoch: null,
  }), 'mine 2'));
  return chain;
}

/// *ours*: genesis of three keys, events, a laptop and a reader, the laptop removed, content erased, the end.
export function oursChain(pairing) {
  const { phone, laptop, other, reader, phrase } = people;
  const chain = [];
  const founding = {
    kind: 1, pairing, continues: null, keyId: space.keyId(zeros(32), 0, keys.ours),
    adds: [member(phone, 0, 0, self), member(phrase, 0, 1, self), member(other, 1, 0, otherSelf)],
    boxes: [['phone', phone], ['phrase', phrase], ['other', other]].map(([name, who]) => boxOf(`${name} ours`, who, zeros(32), 0, keys.ours)),
  };
  let head = add(chain, 'genesis', control(phone, null, 0, genesis(founding), 'ours 0'));
  const stream = head.stream;
  const said = (author, epoch, key, label, content) => space.event({
    author, head, epoch, key, entropy: chosen(`entropy ${label}`), skeleton: `{"id":"${label}"}`, content,
    skeletonSize: 256, contentSize: space.oursSize(utf8(content).length),
  });
  head = add(chain, 'event of person 0', said(phone, 0, keys.ours, 'ours 1', '{"did":"made tea"}'));
  head = add(chain, 'event of person 1', said(other, 0, keys.ours, 'ours 2', '{"says":"you saw that I was cold"}'));
  head = add(chain, 'adds a laptop', control(phone, head, 0, members({
    pairing: chosen('pairing of the laptop'), adds: [member(laptop, 0, 0, self)], removes: [],
    boxes: [boxOf('laptop ours', laptop, stream, 0, keys.ours)], epoch: null,
  }), 'ours 3'));
  head = add(chain, 'adds a reader', control(other, head, 0, members({
    pairing: zeros(32), adds: [member(reader, 1, 2, otherSelf)], removes: [], boxes: [], epoch: null,
  }), 'ours 4'));
  head = add(chain, 'removes the laptop', control(phone, head, 0, members({
    pairing: zeros(32), adds: [], removes: [laptop.sign],
    boxes: [['phone', phone], ['phrase', phrase], ['other', other]].map(([name, who]) => boxOf(`${name} ours`, who, stream, 1, keys.oursNext)),
    epoch: {
      epoch: 1, keyId: space.keyId(stream, 1, keys.oursNext),
      oldKey: space.oldKey(keys.oursNext, stream, 0, keys.ours, chosen('nonce of the old key', 24)),
    },
  }), 'ours 5'));
  head = add(chain, 'event under the new epoch', said(other, 1, keys.oursNext, 'ours 6', '{}'));
  head = add(chain, 'erases a content', control(phone, head, 1, erase({ skeletons: 0, positions: [1], blobs: [] }), 'ours 7'));
  head = add(chain, 'the end', control(other, head, 1, close(), 'ours 8'));
  head = add(chain, 'erases a skeleton', control(other, head, 1, erase({ skeletons: 1, positions: [2, 6], blobs: [] }), 'ours 9'));
  return chain;
}
