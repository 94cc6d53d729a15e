// A form that JSON Forms makes of the schema and the UI schema that Modenhet makes of a model. The npm package scores
// each change, and says what is wrong with an answer; JSON Schema validation is switched off, because the engine sees
// more and says it better.

import { StrictMode, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { UPDATE_CORE } from '@jsonforms/core';
import { JsonForms } from '@jsonforms/react';
import { load, loadModel } from './modenhet/index.js';
import { renderers } from './renderers.jsx';
import { language, locale, t } from './words.js';

// questionOf is the question that an issue is about: its path is /answers/<id>, and an id has nothing to unescape.
const questionOf = ({ path }) => path.split('/')[2];

// errorsOf gives JSON Forms each issue of an answer at the answer: both speak JSON Pointer.
const errorsOf = (issues, { properties }) =>
  issues.map((issue) => ({
    instancePath: `/${questionOf(issue)}`,
    message: t.codes[issue.code]?.(properties[questionOf(issue)]) ?? issue.message,
    keyword: issue.code,
    schemaPath: '',
    params: {},
  }));

// ownData lets the form keep its answers when the page hands it new errors. Answers that came back through the page would
// be a moment old, and one given in that moment would be lost.
const ownData = (state, action, reduce) => reduce(state, action.type === UPDATE_CORE ? { ...action, data: state.data } : action);
const none = {};

// score checks the answers, and scores those that are good.
function score(scorer, answers) {
  const issues = scorer.check({ model: { id: scorer.id }, answers });
  const good = { ...answers };
  for (const issue of issues) delete good[questionOf(issue)];
  return { issues, result: scorer.score({ model: { id: scorer.id }, answers: good }) };
}

function Page({ scorer, model, form }) {
  const [answers, setAnswers] = useState(none);
  const { issues, result } = useMemo(() => score(scorer, answers), [scorer, answers]);
  const errors = useMemo(() => errorsOf(issues, form.schema), [issues, form]);
  return (
    <div className="page">
      <main>
        <h1>{t(model.title)}</h1>
        <p className="languages">
          {['nb', 'nn', 'en'].map((tag) => (
            <a key={tag} href={`?lang=${tag}`} lang={tag} aria-current={tag === language ? 'true' : undefined}>
              {{ nb: 'Bokmål', nn: 'Nynorsk', en: 'English' }[tag]}
            </a>
          ))}
        </p>
        <JsonForms
          schema={form.schema}
          uischema={form.uischema}
          data={none}
          middleware={ownData}
          renderers={renderers}
          validationMode="NoValidation"
          additionalErrors={errors}
          onChange={({ data }) => setAnswers(data)}
        />
      </main>
      <Result model={model} result={result} issues={issues} />
    </div>
  );
}

function Result({ model, result, issues }) {
  const nodes = new Map(result.nodes.map((node) => [node.id, node]));
  const root = nodes.get(model.id);
  const { answered, asked } = root.completeness;
  return (
    <aside aria-label={t.result}>
      <p className="level" role="status">
        {root.status === 'scored' ? <>{t.level} <strong>{levelTitle(model, model, root.level)}</strong></> : t.nothing}
      </p>
      <p className="answered">{t.answered(answered, asked)}</p>
      {issues.length > 0 && <p className="wrong">{t.wrong(issues.length)}</p>}
      <dl>
        {model.children.map((child) => [child, nodes.get(child.id)]).filter(([, node]) => node.min !== undefined).map(([child, node]) => (
          <div key={child.id}>
            <dt>{t(child.title)}</dt>
            <dd>
              <meter min={node.min} max={node.max} value={node.value ?? node.min} aria-label={t(child.title)} />
              <span>{node.value === undefined ? '–' : node.value.toLocaleString(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 })}</span>
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}

function levelTitle(model, node, id) {
  const ladder = Array.isArray(node.levels) ? node.levels : (model.ladders?.[node.levels] ?? []);
  return t(ladder.find((level) => level.id === id)?.title) || id;
}

const form = await (await fetch(`form-${language}.json`)).json();
const model = await loadModel(form.model);
const scorer = (await load()).compile(model);
document.documentElement.lang = language;
document.title = t(model.title);
createRoot(document.getElementById('root')).render(
  <StrictMode>
    <Page scorer={scorer} model={model} form={form} />
  </StrictMode>,
);
