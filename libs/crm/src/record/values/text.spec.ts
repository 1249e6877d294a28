import { errorsOf, readOne } from '../../../test/read.js';

describe('a text', () => {
  it('is trimmed and in NFC', () => {
    expect(readOne('lead', 'givenName', ` ${'Khương'.normalize('NFD')}\n`)).toBe('Khương');
  });

  it.each(['a\u0000b', 'a\nb', 'a\tb', 'a\u007fb', 'a\u0085b', 'a\u202eb', 'a\u200bb', 'a\ufeffb'])(
    'refuses the character in %j',
    (raw) => {
      expect(errorsOf('lead', { need: raw })).toEqual([['need', 'control_character']]);
    },
  );

  it('keeps joiners, with which emoji and scripts are spelt', () => {
    expect(readOne('lead', 'need', '👩‍💻')).toBe('👩‍💻');
  });

  it('refuses lone surrogates', () => {
    expect(errorsOf('lead', { need: 'a\ud800b' })).toEqual([['need', 'malformed_text']]);
  });

  it('counts its length in characters', () => {
    expect(readOne('lead', 'need', '👍'.repeat(255))).toHaveLength(510);
    expect(errorsOf('lead', { need: 'a'.repeat(256) })).toEqual([['need', 'too_long']]);
  });

  it('of many lines keeps them, with one kind of break', () => {
    expect(readOne('lead', 'description', 'một\r\n\thai\rba')).toBe('một\n\thai\nba');
    expect(errorsOf('lead', { description: 'a\u0000' })).toEqual([
      ['description', 'control_character'],
    ]);
    expect(errorsOf('lead', { description: 'a'.repeat(10_001) })).toEqual([
      ['description', 'too_long'],
    ]);
  });
});
