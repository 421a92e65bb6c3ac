// Makes the tokenizer fixtures and their golden results with the official implementation.
//   npm install --ignore-scripts tokenizers@0.23.2     (in any folder; point NODE_PATH at its node_modules)
//   node make.mjs <WordPiece tokenizer.json> <byte-level BPE tokenizer.json>
//   node make.mjs --compare <folder> <number of texts> <seed>     results for more texts, for a wider comparison
// Offsets of the official implementation count code points; here they are converted to UTF-16 units.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeTexts, sweepTexts } from './texts.mjs';
import { variants } from './variants.mjs';

const { Tokenizer } = createRequire(process.env.NODE_PATH ? join(process.env.NODE_PATH, 'x') : import.meta.url)('tokenizers');
const here = dirname(fileURLToPath(import.meta.url));
const special = (id, content, more = {}) =>
  ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...more });

// The first entries of a trained vocabulary in order of id, and every single character.
function shrinkWordPiece(path) {
  const source = JSON.parse(readFileSync(path, 'utf8'));
  const entries = Object.entries(source.model.vocab).sort((a, b) => a[1] - b[1]).map(([token]) => token);
  const kept = entries.filter((token, id) => id < 1100 || [...token.replace(/^##/, '')].length === 1);
  const vocab = Object.fromEntries(kept.map((token, id) => [token, id]));
  return {
    version: '1.0', truncation: null, padding: null,
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map((token) => special(vocab[token], token)),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }],
      pair: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } },
        { Sequence: { id: 'B', type_id: 1 } }, { SpecialToken: { id: '[SEP]', type_id: 1 } }],
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [vocab[id]], tokens: [id] }])),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab },
  };
}

// The byte alphabet and the first merges of a trained model; special tokens first, as in RoBERTa.
function shrinkBytePair(path) {
  const source = JSON.parse(readFileSync(path, 'utf8'));
  const specials = ['<s>', '<pad>', '</s>', '<unk>', '<mask>', '<|endoftext|>'];
  const alphabet = Object.entries(source.model.vocab).sort((a, b) => a[1] - b[1]).map(([token]) => token).filter((token) => token.length === 1);
  const merges = source.model.merges.slice(0, 900).map((merge) => (typeof merge === 'string' ? merge.split(' ') : merge));
  const tokens = [...new Set([...specials, ...alphabet, ...merges.map((merge) => merge.join(''))])];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  return {
    version: '1.0', truncation: null, padding: null,
    added_tokens: [special(vocab['<|endoftext|>'], '<|endoftext|>')],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null,
      fuse_unk: false, byte_fallback: false, ignore_merges: false, vocab, merges: merges.map((merge) => merge.join(' ')),
    },
  };
}

function build(bases, variant, parseSpecialTokens) {
  const file = structuredClone(bases[variant.base]);
  for (const [section, value] of Object.entries(variant.sections)) {
    file[section] = section === 'model' ? { ...file.model, ...value } : value;
  }
  if (variant.mergesAsPairs) {
    file.model.merges = file.model.merges.map((merge) => merge.split(' '));
  }
  if (!parseSpecialTokens) {
    file.added_tokens = file.added_tokens.filter((token) => !token.special);
  }
  return Tokenizer.fromString(JSON.stringify(file));
}

async function encode(tokenizer, text, addSpecialTokens) {
  const encoding = await tokenizer.encode(text, null, { addSpecialTokens });
  const units = [0];
  for (const character of text) {
    units.push(units.at(-1) + character.length);
  }
  const offsets = encoding.getOffsets().flatMap(([start, end]) => [units[start], units[end]]);
  return { ids: encoding.getIds(), offsets };
}

const digest = (values) => createHash('sha256').update(values.join(',')).digest('hex').slice(0, 12);

async function results(bases, texts, name, variant) {
  const plain = build(bases, variant, false);
  const special = build(bases, variant, true);
  const rows = [];
  for (const text of texts) {
    const row = await encode(plain, text, true);
    const parsed = await encode(special, text, true);
    const bare = await encode(plain, text, false);
    const full = variant.full && text.length <= 60;
    const pack = (result) => (full ? [result.ids, result.offsets] : [result.ids.length, digest(result.ids), digest(result.offsets)]);
    const isSame = digest(row.ids) === digest(parsed.ids) && digest(row.offsets) === digest(parsed.offsets);
    rows.push({
      plain: pack(row), ...(isSame ? {} : { special: pack(parsed) }), bare: digest([...bare.ids, ...bare.offsets]),
      ...(text.length <= 60 ? { decoded: await special.decode(row.ids, true) } : {}),
    });
  }
  console.log(name, rows.length);
  return rows;
}

// A lone surrogate cannot be written as JSON text; such a text is a list of units. A long run is its unit, count and tail.
function writable(text) {
  if (!text.isWellFormed()) {
    return [...Array(text.length).keys()].map((i) => text.charCodeAt(i));
  }
  for (let length = 1; length <= 10 && text.length > 1000; length++) {
    const unit = text.slice(0, length);
    const times = Math.floor(text.length / length) - 1;
    if (unit.repeat(times) === text.slice(0, length * times)) {
      return { unit, times, tail: text.slice(length * times) };
    }
  }
  return text;
}
const lines = (rows) => `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;

const [first, ...rest] = process.argv.slice(2);
let bases;
let folder = here;
let texts;
if (first === '--compare') {
  folder = rest[0];
  mkdirSync(join(folder, 'results'), { recursive: true });
  bases = Object.fromEntries(['wordpiece', 'bytepair'].map((base) => [base, JSON.parse(readFileSync(join(here, `${base}.json`), 'utf8'))]));
  texts = rest[1] === 'sweep' ? sweepTexts() : makeTexts(Number(rest[1]), Number(rest[2]));
} else {
  bases = { wordpiece: shrinkWordPiece(first), bytepair: shrinkBytePair(rest[0]) };
  for (const [name, file] of Object.entries(bases)) {
    writeFileSync(join(here, `${name}.json`), JSON.stringify(file) + '\n');
  }
  mkdirSync(join(here, 'results'), { recursive: true });
  texts = makeTexts(420, 20261121);
  writeFileSync(join(here, 'variants.json'), JSON.stringify(variants, null, 1) + '\n');
}
writeFileSync(join(folder, 'texts.json'), lines(texts.map(writable)));
for (const [name, variant] of Object.entries(variants)) {
  writeFileSync(join(folder, 'results', `${name}.json`), lines(await results(bases, texts, name, variant)));
}
