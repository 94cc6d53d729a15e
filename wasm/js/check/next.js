// The next steps: each answer raised to the next better one, and what that does to the whole. The engine takes each
// step, in a session of its own.

/** The n best steps: {question, answer, gain, level, effort}, most gain for its effort first. */
export function nextSteps(scorer, view, assessment, result, n) {
  const root = result.nodes[0];
  if (root.status !== 'scored') return [];
  const session = scorer.session(assessment);
  const status = new Map(result.nodes.map((node) => [node.id, node.status]));
  const steps = [];
  for (const question of view.questions) {
    if (status.get(question.id) !== 'scored' && status.get(question.id) !== 'missing') continue;
    const from = assessment.answers?.[question.id];
    const answer = better(view, question, from);
    if (answer === undefined) continue;
    session.set(question.id, answer);
    const value = session.value(root.id);
    const level = session.level(root.id);
    if (from === undefined) session.clear(question.id);
    else session.set(question.id, from);
    const gain = value === undefined ? 0 : value - root.value;
    if (gain > 1e-9) steps.push({ question, answer, gain, level: level === root.level ? undefined : level, effort: Number(question.effort ?? 1) });
  }
  session.free();
  return steps.sort((a, b) => b.gain / b.effort - a.gain / a.effort).slice(0, n);
}

// better is the answer with the next higher points; without an answer, the one above the worst.
function better(view, question, from) {
  const { answer } = question;
  const ranked = (list, points) => {
    const order = list.map((value, i) => ({ value, points: points(value), i })).sort((a, b) => a.points - b.points || a.i - b.i);
    const at = from === undefined ? order[0] : order.find((o) => o.value === from);
    return order.find((o) => o.points > at.points)?.value;
  };
  switch (answer.type) {
    case 'choice':
      return ranked(view.options(question).map((o) => o.value), (value) => Number(view.option(question, value).points ?? 0));
    case 'yesno':
      return ranked([false, true], (value) => Number((value ? answer.points?.yes : answer.points?.no) ?? (value ? 1 : 0)));
    case 'scale': {
      const up = answer.reverse ? -1 : 1;
      const next = (from ?? Number(answer.reverse ? answer.max : answer.min)) + up;
      return next >= Number(answer.min) && next <= Number(answer.max) ? next : undefined;
    }
    case 'checklist': {
      const best = view.options(question).filter((o) => !o.exclusive && Number(o.points ?? 0) > 0 && !from?.includes(o.value)).sort((a, b) => b.points - a.points)[0];
      return best && [...(from ?? []).filter((value) => !view.option(question, value).exclusive), best.value];
    }
    case 'number':
      return answer.steps ? nextStep(answer, from) : along(answer, from);
  }
  return undefined;
}

function nextStep({ steps }, from) {
  const at = from === undefined ? 0 : Math.max(0, steps.findLastIndex((step) => Number(step.from) <= from));
  const next = steps.filter((step) => Number(step.points) > Number(steps[at].points)).sort((a, b) => Math.abs(a.from - steps[at].from) - Math.abs(b.from - steps[at].from))[0];
  return next && Number(next.from);
}

// along goes a quarter of the line towards its better end.
function along({ linear: { from: a, to: b, points }, integer }, from) {
  const [worse, best] = Number(points[1]) > Number(points[0]) ? [Number(a), Number(b)] : [Number(b), Number(a)];
  const start = from ?? worse;
  if (worse === best || (best > worse ? start >= best : start <= best)) return undefined;
  let next = start + (best - worse) / 4;
  if (integer) next = best > worse ? Math.ceil(next) : Math.floor(next);
  return Number((best > worse ? Math.min(next, best) : Math.max(next, best)).toFixed(6));
}
