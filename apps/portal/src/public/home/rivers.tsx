import { useTranslation } from 'react-i18next';

/** 湘, 资, 沅 and 澧 on their way to 洞庭, from the south and the west; drawn once, large, on the home page. */
const COURSES = [
  'M164 532C166 525 172 507 178 487C185 468 190 432 203 414C216 397 241 393 258 381C275 369 291 354 304 342C318 329 329 321 337 308C345 295 354 276 354 263C354 251 338 246 335 234C332 222 339 206 338 190C337 175 329 155 328 140C328 125 334 107 335 101',
  'M79 521C86 502 106 437 119 409C132 381 147 371 159 353C171 335 187 319 191 302C196 286 190 266 185 252C181 238 166 231 164 218C161 206 159 184 169 176C178 168 205 175 223 171C241 168 264 161 278 153C291 146 294 136 302 127C310 117 322 102 326 97',
  'M20 521C16 500 -5 431 -5 398C-5 364 12 340 20 319C27 299 33 291 40 274C47 258 55 236 62 218C70 201 72 179 84 168C97 157 121 160 139 151C156 143 175 126 188 118C202 110 206 105 218 103C230 101 245 108 263 106C280 104 312 93 322 91',
  'M20 45C26 48 47 56 59 64C72 72 80 91 92 93C105 94 123 79 134 73C145 67 150 62 159 56C168 50 177 42 188 39C200 36 216 34 228 37C240 40 251 53 263 59C274 66 287 71 297 75C307 79 318 81 322 82',
];

export function Rivers() {
  const { t } = useTranslation();
  return (
    <svg
      className="rivers"
      viewBox="0 0 384 520"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    >
      {COURSES.map((course) => (
        <path key={course} d={course} />
      ))}
      <circle cx="335" cy="87" r="11" fill="var(--orange-bright)" stroke="none" />
      <text x="347" y="326">
        {t('home.rivers.xiang')}
      </text>
      <text x="204" y="322">
        {t('home.rivers.zi')}
      </text>
      <text x="54" y="292">
        {t('home.rivers.yuan')}
      </text>
      <text x="148" y="100">
        {t('home.rivers.li')}
      </text>
    </svg>
  );
}
