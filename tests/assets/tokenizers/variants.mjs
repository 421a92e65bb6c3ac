// The tokenizers: a base file and the sections that a variant replaces. "full": results hold ids and offsets, else digests.
const token = (id, content, more = {}) =>
  ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...more });
const byteLevel = (more = {}) => ({ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true, ...more });
const sequence = (...pretokenizers) => ({ type: 'Sequence', pretokenizers });
const split = (pattern, behavior, invert = false) => ({ type: 'Split', pattern, behavior, invert });
const robertaTokens = [token(0, '<s>'), token(1, '<pad>'), token(2, '</s>'), token(3, '<unk>'), token(4, '<mask>', { lstrip: true })];
const bytes = byteLevel({ use_regex: false });
const words = (pre_tokenizer, normalizer = { type: 'Lowercase' }) =>
  ({ base: 'wordpiece', sections: { normalizer, pre_tokenizer, post_processor: null } });

const gpt4 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const cl100k = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+";
const o200k = '[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|'
  + '[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';

export const variants = {
  wordpiece: { base: 'wordpiece', full: true, sections: {} },
  gpt2: { base: 'bytepair', full: true, sections: {} },
  roberta: {
    base: 'bytepair', full: true,
    sections: {
      added_tokens: robertaTokens,
      pre_tokenizer: byteLevel({ add_prefix_space: true }),
      post_processor: { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0], trim_offsets: true, add_prefix_space: true },
    },
  },
  llama3: {
    base: 'bytepair', full: true, mergesAsPairs: true,
    sections: {
      model: { ignore_merges: true },
      pre_tokenizer: sequence(split({ Regex: gpt4 }, 'Isolated'), bytes),
      post_processor: {
        type: 'Sequence',
        processors: [byteLevel(), {
          type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 1 } }],
          pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
          special_tokens: { '<s>': { id: '<s>', ids: [0], tokens: ['<s>'] } },
        }],
      },
    },
  },
  'bert-cased': {
    base: 'wordpiece',
    sections: {
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: false, lowercase: false },
      post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
    },
  },
  'bert-unclean': {
    base: 'wordpiece',
    sections: { normalizer: { type: 'BertNormalizer', clean_text: false, handle_chinese_chars: true, strip_accents: true, lowercase: true } },
  },
  'nfd-stripped': {
    base: 'wordpiece',
    sections: { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFD' }, { type: 'Lowercase' }, { type: 'StripAccents' }] }, pre_tokenizer: { type: 'Whitespace' } },
  },
  'nfkc-bytes': { base: 'bytepair', sections: { normalizer: { type: 'NFKC' }, post_processor: null } },
  'nfc-bytes': { base: 'bytepair', sections: { normalizer: { type: 'NFC' }, post_processor: null } },
  'nfd-bytes': { base: 'bytepair', sections: { normalizer: { type: 'NFD' }, post_processor: null } },
  'nfkd-lower-bytes': { base: 'bytepair', sections: { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFKD' }, { type: 'Lowercase' }] }, post_processor: null } },
  whitespace: words({ type: 'Whitespace' }),
  'whitespace-split': words({ type: 'WhitespaceSplit' }),
  'punctuation-removed': words(sequence({ type: 'WhitespaceSplit' }, { type: 'Punctuation', behavior: 'Removed' })),
  'punctuation-previous': words(sequence({ type: 'WhitespaceSplit' }, { type: 'Punctuation', behavior: 'MergedWithPrevious' })),
  'punctuation-next': words(sequence({ type: 'WhitespaceSplit' }, { type: 'Punctuation', behavior: 'MergedWithNext' })),
  'digits-together': words(sequence({ type: 'Whitespace' }, { type: 'Digits', individual_digits: false })),
  'digits-apart': words(sequence({ type: 'Punctuation', behavior: 'Contiguous' }, { type: 'Digits', individual_digits: true }, { type: 'WhitespaceSplit' })),
  cl100k: { base: 'bytepair', sections: { pre_tokenizer: sequence(split({ Regex: cl100k }, 'Removed', true), bytes), post_processor: null } },
  o200k: { base: 'bytepair', sections: { pre_tokenizer: sequence(split({ Regex: o200k }, 'Isolated'), bytes) } },
  'split-words': { base: 'bytepair', sections: { pre_tokenizer: sequence(split({ Regex: '\\w+|[^\\w\\s]+' }, 'MergedWithNext', true), bytes), post_processor: byteLevel() } },
  'split-string': { base: 'bytepair', sections: { pre_tokenizer: sequence(split({ String: ' ' }, 'MergedWithPrevious'), byteLevel({ add_prefix_space: true })), post_processor: byteLevel() } },
  'split-ranges': { base: 'bytepair', sections: { pre_tokenizer: sequence({ type: 'Digits', individual_digits: true }, split({ Regex: '[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+|^\\s+|\\w+$' }, 'Isolated'), byteLevel()), post_processor: null } },
  'added-tokens': {
    base: 'bytepair',
    sections: {
      added_tokens: [...robertaTokens,
        token(1162, '<extra>', { special: false }), token(1163, '<solo>', { special: false, single_word: true }),
        token(1164, '<strip>', { special: false, lstrip: true, rstrip: true }), token(1165, '<norm\u00c9>', { special: false, normalized: true }),
        token(1166, '<extra> a', { special: false, normalized: true }), token(1167, 'CAF\u00c9', { special: true, normalized: true })],
      normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'Lowercase' }] },
      pre_tokenizer: byteLevel({ add_prefix_space: true }),
      post_processor: byteLevel({ add_prefix_space: true }),
    },
  },
  'unknown-fused': {
    base: 'bytepair',
    sections: { model: { unk_token: '<unk>', fuse_unk: true }, pre_tokenizer: { type: 'Whitespace' }, post_processor: null },
  },
  'unknown-apart': {
    base: 'bytepair',
    sections: { model: { unk_token: '<unk>', fuse_unk: false }, pre_tokenizer: { type: 'BertPreTokenizer' }, post_processor: null },
  },
};
