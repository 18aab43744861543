import '../styles/workbench.css';
import { createRoot } from 'react-dom/client';
import { signInPath } from '../paths.ts';
import { readSession } from './session.ts';
import { Workbench } from './workbench.tsx';

/** The client application behind sign-in: who is here decides first, then everything else loads. */
const session = await readSession(location.search);
const root = document.querySelector('#root');
if (session === null) {
  location.assign(signInPath(location.pathname + location.search));
} else if (root) {
  document.documentElement.dataset.mode = session.mode;
  document.documentElement.dataset.contrast = session.contrast;
  createRoot(root).render(<Workbench session={session} />);
}
