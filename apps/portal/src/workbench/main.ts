import './old-engines.ts';
import './no-eval.ts';

/** What all other modules rely on while they load has to stand first, so they are a second step. */
void import('./start.tsx');
