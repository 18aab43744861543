import { expect, test } from 'vitest';
import { scramVerifier } from './scram.ts';

test('the verifier of RFC 7677’s example user', () => {
  // Keys computed from the example exchange of RFC 7677 §3 (user "user", password "pencil").
  expect(scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('the same password never looks the same', () => {
  expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'));
});
