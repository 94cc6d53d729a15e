// How each element of the UI schema looks. JSON Forms brings sets of renderers for design systems; these are for plain
// HTML, with the markup that assistive technology expects.

import { useEffect, useRef, useState } from 'react';
import { Resolve, and, isBooleanControl, isControl, isIntegerControl, isNumberControl, isOneOfEnumControl, isStringControl, isVisible, or, rankWith, schemaMatches, uiTypeIs } from '@jsonforms/core';
import {
  JsonFormsDispatch, useJsonForms, withJsonFormsControlProps, withJsonFormsLabelProps, withJsonFormsLayoutProps, withJsonFormsMultiEnumProps, withJsonFormsOneOfEnumProps,
} from '@jsonforms/react';
import { t } from './words.js';

const Elements = ({ uischema, schema, path }) =>
  uischema.elements.map((element, i) => <JsonFormsDispatch key={element.scope ?? i} uischema={element} schema={schema} path={path} />);

// Categorization shows one page at a time: those whose rule lets them.
const Categorization = withJsonFormsLayoutProps(({ uischema, schema, path }) => {
  const { core, config } = useJsonForms();
  const [page, setPage] = useState(uischema.elements[0]);
  const heading = useRef(null);
  const turned = useRef(false);
  const shown = uischema.elements.filter((category) => isVisible(category, core.data, undefined, core.ajv, config));
  const index = Math.max(shown.indexOf(page), 0);
  const current = shown[index];
  const turn = (to) => {
    turned.current = true;
    setPage(to);
  };
  useEffect(() => {
    if (turned.current) heading.current.focus(); // so that a page is read from its start
  }, [current]);
  return (
    <>
      <nav aria-label={t.pages}>
        <ol>
          {shown.map((category) => {
            const errors = core.additionalErrors.filter(({ instancePath }) => scopes(category).has(instancePath)).length;
            return (
              <li key={category.label}>
                <button type="button" aria-current={category === current ? 'step' : undefined} className={errors ? 'wrong' : undefined} onClick={() => turn(category)}>
                  {category.label}
                  {errors > 0 && <span className="hidden">{t.errors(errors)}</span>}
                </button>
              </li>
            );
          })}
        </ol>
      </nav>
      <h2 ref={heading} tabIndex={-1}>{current.label}</h2>
      <Elements uischema={current} schema={schema} path={path} />
      <p className="turn">
        {index > 0 && <button type="button" onClick={() => turn(shown[index - 1])}>{t.back}</button>}
        {index < shown.length - 1 && <button type="button" className="next" onClick={() => turn(shown[index + 1])}>{t.next}</button>}
      </p>
    </>
  );
});

// scopes lists the questions below an element, as JSON Pointers.
const scopes = (element) => new Set(element.scope ? [element.scope.replace('#/properties', '')] : (element.elements ?? []).flatMap((below) => [...scopes(below)]));

const Group = withJsonFormsLayoutProps(({ uischema, schema, path, visible, label }) => (
  <section hidden={!visible}>
    <h3>{label}</h3>
    <Elements uischema={uischema} schema={schema} path={path} />
  </section>
));

const Label = withJsonFormsLabelProps(({ text, visible }) => <p hidden={!visible} className="about">{text}</p>);

// About describes a question, and says what is wrong with its answer.
const About = ({ id, description, errors }) => (
  <>
    {description && <p id={`${id}-about`} className="about">{description}</p>}
    {errors && <p id={`${id}-error`} className="error">{errors}</p>}
  </>
);
const described = ({ id, description, errors }) => [description && `${id}-about`, errors && `${id}-error`].filter(Boolean).join(' ') || undefined;

// Several is a question with several buttons.
const Several = ({ props, children }) => (
  <fieldset hidden={!props.visible} disabled={!props.enabled} aria-describedby={described(props)} className={props.errors ? 'invalid' : undefined}>
    <legend>{props.label}</legend>
    <About {...props} />
    {children}
  </fieldset>
);

// Option is a button with its label, and what the schema says about it besides.
const Option = ({ option, about, ...input }) => (
  <label className="option">
    <input {...input} />
    <span>
      {option.label}
      {about && <small>{about}</small>}
    </span>
  </label>
);

// descriptions are those of options, which JSON Forms leaves out.
function descriptions(schema, rootSchema) {
  const { oneOf } = schema.$ref ? Resolve.schema(rootSchema, schema.$ref, rootSchema) : schema;
  return new Map(oneOf?.map((option) => [option.const, option.description]));
}

const Radios = ({ props, options }) => {
  const { id, path, data, handleChange } = props;
  const about = descriptions(props.schema, props.rootSchema);
  return (
    <Several props={props}>
      {options.map((option) => (
        <Option key={String(option.value)} option={option} about={about.get(option.value)} type="radio" name={id} checked={data === option.value} onChange={() => handleChange(path, option.value)} />
      ))}
      {data !== undefined && <button type="button" className="clear" onClick={() => handleChange(path, undefined)}>{t.clear}</button>}
    </Several>
  );
};

const Choice = withJsonFormsOneOfEnumProps((props) => <Radios props={props} options={props.options} />);
const YesNo = withJsonFormsControlProps((props) => <Radios props={props} options={[{ value: true, label: t.yes }, { value: false, label: t.no }]} />);
const Scale = withJsonFormsControlProps((props) => {
  const { minimum, maximum } = props.schema;
  return <Radios props={props} options={Array.from({ length: maximum - minimum + 1 }, (_, i) => ({ value: minimum + i, label: minimum + i }))} />;
});

const Checklist = withJsonFormsMultiEnumProps((props) => {
  const { path, data, errors, options, schema, rootSchema, handleChange } = props;
  const about = descriptions(schema.items, rootSchema);
  const toggle = (value, on) => {
    const chosen = options.map((option) => option.value).filter((other) => (other === value ? on : data?.includes(other)));
    handleChange(path, chosen.length > 0 ? chosen : undefined); // nothing ticked is no answer
  };
  return (
    <Several props={props}>
      {options.map((option) => (
        <Option
          key={option.value}
          option={option}
          about={about.get(option.value)}
          type="checkbox"
          checked={data?.includes(option.value) ?? false}
          aria-invalid={errors ? true : undefined}
          onChange={({ target }) => toggle(option.value, target.checked)}
        />
      ))}
    </Several>
  );
});

// Typed is a question whose answer is typed. An empty field is no answer.
const Typed = ({ props, as: Input, read = (text) => text, ...rest }) => {
  const { id, path, data, errors, visible, enabled, label, handleChange } = props;
  return (
    <div hidden={!visible} className={errors ? 'question invalid' : 'question'}>
      <label htmlFor={id}>{label}</label>
      <About {...props} />
      <Input
        id={id}
        defaultValue={data}
        disabled={!enabled}
        aria-describedby={described(props)}
        aria-invalid={errors ? true : undefined}
        onChange={({ target }) => handleChange(path, target.value === '' ? undefined : read(target.value))}
        {...rest}
      />
    </div>
  );
};
const NumberField = withJsonFormsControlProps((props) => <Typed props={props} as="input" type="number" step="any" read={Number} />);
const TextField = withJsonFormsControlProps((props) => <Typed props={props} as="textarea" rows={4} />);

const radios = (uischema) => uischema.options?.format === 'radio';
const isList = schemaMatches((schema) => schema.type === 'array' && schema.uniqueItems === true);

export const renderers = [
  [1, uiTypeIs('Categorization'), Categorization],
  [1, uiTypeIs('Group'), Group],
  [1, uiTypeIs('Label'), Label],
  [1, isStringControl, TextField],
  [1, or(isNumberControl, isIntegerControl), NumberField],
  [2, and(or(isNumberControl, isIntegerControl), radios), Scale],
  [2, isBooleanControl, YesNo],
  [2, isOneOfEnumControl, Choice],
  [2, and(isControl, isList), Checklist],
].map(([rank, tester, renderer]) => ({ tester: rankWith(rank, tester), renderer }));
