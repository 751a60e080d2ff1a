import { createRoot } from 'react-dom/client'
import '../src/styles.css'
import './preview.css'
import { allStories } from './all-stories.ts'
import { Bare } from './bare.tsx'
import { Dashboard } from './dashboard.tsx'
import { Gallery } from './gallery.tsx'

const query = new URLSearchParams(location.search)
const bare = query.get('story')
const root = createRoot(document.getElementById('preview') as HTMLElement) // index.html has it

Object.assign(window, { nobishiroStories: allStories.map(({ widget, name }) => `${widget}/${name}`) })
if (bare) root.render(<Bare id={bare} query={query} />)
else if (query.get('view') === 'dashboard') root.render(<Dashboard query={query} />)
else root.render(<Gallery />)
