import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleUscc } from './testing/example-core.ts';
import { checkUscc, organisationCheckDigit, usccCheckDigit } from './uscc.ts';

const VALID = ['9144030071526726XG', '914300007121944054', '11100000000013127D', '123502001549897397', '91350503MA31DKY80A'];
const EARLY = '91350203M0001QAY9B';

describe('checkUscc', () => {
  it.each(VALID)('accepts %s', (code) => expect(checkUscc(code)).toEqual({ ok: true, uscc: code }));

  it.each([
    [' 91440300 71526726xg ', '9144030071526726XG'],
    ['９１４４０３００７１５２６７２６ＸＧ', '9144030071526726XG'],
    ['914300-007121-944054', '914300007121944054'],
  ])('reads %s as people type it', (text, uscc) => expect(checkUscc(text)).toEqual({ ok: true, uscc }));

  it.each([
    ['9144030071526726XH', /第 18 位/],
    ['91350503MA31DKY81A', /第 9 至 17 位/],
    ['9144030071526726X', /应为 18 位，现为 17 位/],
    ['', /现为 0 位/],
    ['91440300715267I6XG', /第 15 位“I”/],
    ['9144A30071526726XG', /第 3 至 8 位/],
    [EARLY, /第 18 位/],
  ])('refuses %s and says where', (code, message) => {
    expect(checkUscc(code)).toEqual({ ok: false, message: expect.stringMatching(message), remedy: expect.stringMatching(/证书/) });
  });

  it('suggests, and never corrects, a letter that is not in the alphabet', () => {
    const result = checkUscc('91440300715267O6XG');
    expect(result).toMatchObject({ ok: false, remedy: expect.stringContaining('是不是“0”') });
  });

  it('accepts an early code only from the reviewed list', () => {
    expect(usccCheckDigit(EARLY.slice(0, 17))).toBe('9');
    expect(checkUscc(EARLY, new Set([EARLY]))).toEqual({ ok: true, uscc: EARLY });
  });

  it('finds every wrong letter and every swap of neighbours', () => {
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const place = fc.integer({ min: 0, max: 17 });
    fc.assert(
      fc.property(fc.constantFrom(...VALID), place, fc.constantFrom(...letters.split('')), (code, at, letter) => {
        const changed = code.slice(0, at) + letter + code.slice(at + 1);
        expect(checkUscc(changed).ok).toBe(changed === code);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...VALID), fc.integer({ min: 0, max: 16 }), (code, at) => {
        const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
        expect(checkUscc(swapped).ok).toBe(swapped === code);
      }),
    );
  });
});

describe('check digits', () => {
  it('count the inner one with 36 letters, not with the 31 of the outer one', () => expect(organisationCheckDigit('MA31DKY8')).toBe('0'));
  it('make valid examples', () => {
    const codes = Array.from({ length: 500 }, (_, n) => exampleUscc(n));
    expect(new Set(codes).size).toBe(500);
    expect(codes.every((code) => checkUscc(code).ok)).toBe(true);
  });
});
