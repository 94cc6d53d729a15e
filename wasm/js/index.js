// What users get of core.js; index.d.ts documents it.

export { MaturityError, load, loadModel, models, version } from './core.js';
