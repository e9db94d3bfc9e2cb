import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './app/theme';
import { App } from './app/App';

render(<App />, document.getElementById('app')!);
