// The page asks the interface for everything it shows and keeps nothing but the token, for this tab.
// All texts are set as text, never as markup.
const api = '/api/v1';
const rank = {STAT: 0, URGENT: 1, ROUTINE: 2};
const sign = {STAT: '‼', URGENT: '!', ROUTINE: '·'};
const open = new Map();
let chosen = null;
let roles = [];
let next = null;
let newest = null;
let loaded = false;

const $ = id => document.getElementById(id);
const words = code => code == null ? '' : String(code).toLowerCase().replaceAll('_', ' ');
const day = instant => instant ? instant.slice(0, 10) : '';
const minute = instant => instant ? instant.slice(0, 16).replace('T', ' ') : '';

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick' || name === 'onsubmit') element[name] = value;
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

function draw(tag, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

function headers(more = {}) {
  const token = sessionStorage.getItem('token');
  return token ? {...more, Authorization: 'Bearer ' + token} : more;
}

function tell(text) {
  $('problem').textContent = text;
  $('problem').hidden = !text;
}

async function refused(answer) {
  if (answer.status === 401) {
    $('sign-in').hidden = false;
    $('token').focus();
  }
  const problem = await answer.json().catch(() => ({}));
  return new Error(problem.detail || problem.title || 'The service answers ' + answer.status + '.');
}

async function ask(path, options = {}) {
  const answer = await fetch(api + path, {...options, headers: headers(options.headers)});
  if (!answer.ok) throw await refused(answer);
  const body = await answer.json();
  if (body.behind) behind(body.behind);
  return body;
}

// How old what is shown may be. A measurement that is itself old means that nobody knows.
function behind(it) {
  newest = it.newest ?? newest;
  const measured = it.measuredAt ? Date.now() - Date.parse(it.measuredAt) : Infinity;
  const unknown = measured > 30000;
  const late = unknown || it.records > 0 || it.unreadable > 0;
  const text = unknown ? '⚠ Not in touch with the cluster: what is shown may be old'
    : it.records > 0 ? `⚠ ${it.records} records behind`
    : it.unreadable > 0 ? `⚠ ${it.unreadable} records could not be read`
    : 'Up to date';
  $('behind').textContent = text + (newest ? `; newest decision ${minute(newest)}` : '');
  $('behind').classList.toggle('stale', late);
}

// Ages are counted in the time of the decisions: in a demonstration that is not today.
function age(since) {
  const minutes = Math.max(0, Math.floor((Date.parse(newest ?? since) - Date.parse(since)) / 60000));
  return minutes < 60 ? `${minutes} min` : minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}

// ---------------------------------------------------------------- the ward

function sorted() {
  return [...open.values()].sort((a, b) =>
    rank[a.priority] - rank[b.priority] || a.openedAt.localeCompare(b.openedAt) || a.alertKey.localeCompare(b.alertKey));
}

function ward() {
  const list = sorted();
  const focused = document.activeElement?.dataset?.key;
  const parts = [];
  for (const priority of Object.keys(rank)) {
    const some = list.filter(alert => alert.priority === priority);
    if (some.length) parts.push(make('h3', {}, `${sign[priority]} ${priority} (${some.length})`), ...some.map(row));
  }
  $('alerts').replaceChildren(...parts);
  $('counts').textContent = list.length ? `${list.length}${next ? ' or more' : ''} open, ${list.filter(a => a.priority === 'STAT').length} of them STAT`
    : loaded ? 'No alert is open.' : 'Loading …';
  $('more').hidden = !next;
  if (focused) document.querySelector(`[data-key="${focused}"]`)?.focus();
}

function row(alert) {
  const silenced = ['ACKNOWLEDGED', 'SNOOZED', 'OVERRIDDEN'].includes(alert.state);
  return make('button', {
    class: `alert ${alert.priority}${silenced ? ' silenced' : ''}`, 'data-key': alert.alertKey, type: 'button',
    'aria-current': chosen === alert.alertKey ? 'true' : null, onclick: () => show(alert.alertKey)
  },
  make('span', {class: 'line'},
    make('span', {class: 'priority'}, `${sign[alert.priority]} ${alert.priority}${alert.stage ? ' ' + alert.stage : ''}`),
    make('span', {class: 'soft'}, `open ${age(alert.openedAt)}`)),
  make('span', {class: 'line'}, make('strong', {}, alert.summary)),
  make('span', {class: 'line soft'}, make('span', {}, `${alert.patientId}, ${words(alert.code)}${alert.gap ? ' ' + alert.gap : ''}`),
    make('span', {}, words(alert.state) + (alert.preliminary ? ', preliminary results' : ''))));
}

async function load() {
  const page = await ask('/alerts?limit=500');
  open.clear();
  loaded = true;
  page.alerts.forEach(alert => open.set(alert.alertKey, alert));
  next = page.next;
  ward();
}

async function more() {
  const page = await ask('/alerts?limit=500&cursor=' + encodeURIComponent(next));
  page.alerts.forEach(alert => open.set(alert.alertKey, alert));
  next = page.next;
  ward();
}

function changed(alert) {
  const ended = alert.state === 'RESOLVED' || alert.state === 'RETRACTED';
  if (ended) open.delete(alert.alertKey);
  else open.set(alert.alertKey, alert);
  ward();
  if (chosen === alert.alertKey && !document.activeElement?.closest('.answers')) show(alert.alertKey, false).catch(failed);
}

// ---------------------------------------------------------------- one alert

async function show(key, focus = true) {
  chosen = key;
  location.hash = 'alert=' + key;
  ward();
  const {alert, revisions, explanation} = await ask('/alerts/' + key);
  if (chosen !== key) return;
  $('detail-title').textContent = 'Why this alert is open';
  const isOpen = !['RESOLVED', 'RETRACTED'].includes(alert.state);
  if (!isOpen) $('detail-title').textContent = `This alert is ${words(alert.state)}`;
  $('detail-body').replaceChildren(
    make('p', {class: alert.priority}, make('span', {class: 'priority'}, `${sign[alert.priority]} ${alert.priority} ${alert.stage ?? ''} `), make('strong', {}, alert.summary)),
    make('dl', {},
      make('dt', {}, 'Rule'), make('dd', {}, `${alert.rule.id} of ${alert.rule.guideline} ${alert.rule.version}`),
      make('dt', {}, 'Rests on'), make('dd', {}, evidence(alert.evidence)),
      make('dt', {}, 'Not known'), make('dd', {}, alert.missing.length ? alert.missing.join(', ') : 'nothing that the rule asks for'),
      make('dt', {}, 'For'), make('dd', {}, alert.audience.map(words).join(', ')),
      make('dt', {}, 'Patient'), make('dd', {}, make('button', {type: 'button', onclick: () => patient(alert.patientId).catch(failed)}, alert.patientId))),
    isOpen && roles.includes('responder') ? answers(alert) : null,
    make('h3', {}, 'In words'), make('pre', {}, explanation.join('\n')));
  if (focus) $('detail').focus({preventScroll: matchMedia('(min-width: 60rem)').matches});
  const body = make('div');
  $('detail-body').append(make('h3', {}, 'The patient'), body);
  await patientInto(body, alert.patientId);
}

function evidence(list) {
  return list.length
    ? make('ul', {}, ...list.map(it => make('li', {}, `${day(it.observedAt)} ${words(it.kind)}: ${it.value} (${words(it.status)})`)))
    : 'no fact';
}

function answers(alert) {
  const send = async fields => {
    try {
      await ask(`/alerts/${alert.alertKey}/responses`, {
        method: 'POST', headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({...fields, revision: alert.revision})
      });
      tell('');
      $('detail').focus();
      $('behind').textContent = 'Your answer is stored; the alert changes when it is decided on.';
    } catch (problem) {
      failed(problem);
    }
  };
  const reason = make('input', {id: 'reason', maxlength: '1000', autocomplete: 'off'});
  const days = make('select', {id: 'days'}, ...[1, 2, 3, 4, 5, 6, 7].map(n => make('option', {value: n}, `${n} day${n > 1 ? 's' : ''}`)));
  const why = () => reason.value.trim() ? {reason: reason.value.trim()} : {};
  return make('div', {class: 'answers', role: 'group', 'aria-label': 'Answer this alert'},
    make('button', {id: 'acknowledge', type: 'button', onclick: () => send({action: 'ACKNOWLEDGED', ...why()})}, 'Acknowledge'),
    make('label', {}, 'Snooze for', days),
    make('button', {type: 'button', onclick: () => send({action: 'SNOOZED', snoozeDays: Number(days.value), ...why()})}, 'Snooze'),
    make('label', {}, 'Reason (needed to override)', reason),
    make('button', {type: 'button', onclick: () => {
      if (!reason.value.trim()) { tell('An override needs a reason.'); reason.focus(); return; }
      send({action: 'OVERRIDDEN', ...why()});
    }}, 'Override'));
}

// ---------------------------------------------------------------- one patient

async function patient(id) {
  chosen = null;
  ward();
  $('detail-title').textContent = 'Patient ' + id;
  $('detail-body').replaceChildren();
  await patientInto($('detail-body'), id);
  $('detail').focus();
}

async function patientInto(body, id) {
  const path = '/patients/' + encodeURIComponent(id);
  const now = await ask(path);
  const entries = [];
  let cursor = null;
  do {
    const page = await ask(`${path}/timeline?limit=500` + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''));
    entries.push(...page.entries);
    cursor = page.next;
  } while (cursor && entries.length < 5000);
  const because = type => now.why.find(event => event.type === type);
  const about = (event, text) => make('dd', {}, text, event ? make('div', {class: 'soft'}, reason(event)) : null);
  const state = now.state;
  body.replaceChildren(
    make('dl', {},
      make('dt', {}, 'Classification'), about(because('CLASSIFICATION_CHANGED'), `${state.type}, ${words(state.certainty)}`),
      make('dt', {}, 'Status group'), about(because('STATUS_GROUP_CHANGED'), words(state.statusGroup)),
      make('dt', {}, 'Stage'), about(because('STAGE_CHANGED'), words(state.stage)),
      make('dt', {}, 'Criteria met for'), make('dd', {}, state.recommendations.map(it => words(it.code) + (it.gap ? ' ' + it.gap : '')).join(', ') || 'nothing'),
      make('dt', {}, 'Stands against'), make('dd', {}, state.contraindications.map(words).join(', ') || 'nothing'),
      make('dt', {}, 'Due next'), make('dd', {}, due(state).map(it => `${day(it.dueAt)} ${words(it.code)} (${words(it.state)})`).slice(0, 6).join(', ') || 'nothing')),
    make('h3', {}, 'Timeline'), drawing(state, entries), table(entries));
}

function reason(event) {
  const facts = event.evidence.map(it => `${day(it.observedAt)} ${it.value}`).join('; ');
  const missing = event.missing.length ? `; not known: ${event.missing.join(', ')}` : '';
  return `rule ${event.rule.id}, ${words(event.outcome)}${facts ? ': ' + facts : ''}${missing}`;
}

function due(state) {
  return state.schedules.flatMap(it => it.entries.filter(entry => !['DONE', 'MISSED', 'SUSPENDED'].includes(entry.state)).map(entry => ({code: it.code, ...entry})))
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
}

// Facts, decisions, corrections, what is due, and the spans of alerts, over the days.
function drawing(state, entries) {
  const facts = new Map();
  const spans = new Map();
  for (const entry of entries) {
    entry.evidence.forEach(it => facts.set(it.factId + it.value, it));
    if (entry.kind === 'ALERT') {
      const span = spans.get(entry.alertKey) ?? {from: entry.at, label: words(entry.code) + (entry.gap ? ' ' + entry.gap : '')};
      span.to = ['RESOLVED', 'RETRACTED'].includes(entry.state) ? entry.at : null;
      span.priority = entry.priority;
      spans.set(entry.alertKey, span);
    }
  }
  const events = entries.filter(entry => entry.kind === 'EVENT');
  const coming = due(state).slice(0, 8);
  const times = [...[...facts.values()].map(it => it.observedAt), ...entries.map(it => it.at), ...coming.map(it => it.dueAt), state.at].map(it => Date.parse(it));
  if (!times.length) return make('p', {}, 'Nothing yet.');
  const from = Math.min(...times);
  const to = Math.max(...times) + 86400000;
  const left = 190, width = 760, rowHeight = 20;
  const x = instant => left + (Date.parse(instant) - from) / (to - from) * (width - left - 20);
  const rows = [...spans.values()];
  const height = 110 + rows.length * rowHeight;
  const svg = draw('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `Timeline from ${day(new Date(from).toISOString())}; the table below says the same`});
  const lane = (y, label) => { svg.append(draw('text', {x: 0, y: y + 4}, label), draw('line', {class: 'axis', x1: left, x2: width - 20, y1: y, y2: y})); };
  const mark = (element, title) => { element.append(draw('title', {}, title)); svg.append(element); };
  lane(20, '● facts'); lane(42, '▪ decisions'); lane(64, '▲ corrections'); lane(86, '○ due next');
  facts.forEach(it => mark(draw('circle', {class: 'fact', cx: x(it.observedAt), cy: 20, r: 5}), `${day(it.observedAt)} ${words(it.kind)}: ${it.value}`));
  events.forEach(it => it.type.startsWith('FACT_')
    ? mark(draw('path', {class: 'fix', d: `M${x(it.at)} 58 l6 11 h-12z`}), `${minute(it.at)} ${words(it.type)} ${words(it.code)}`)
    : mark(draw('rect', {class: 'decision', x: x(it.at) - 3, y: 39, width: 6, height: 6}), `${minute(it.at)} ${words(it.type)} ${it.code}`));
  coming.forEach(it => mark(draw('circle', {class: 'due', cx: x(it.dueAt), cy: 86, r: 5}), `${day(it.dueAt)} ${words(it.code)} ${words(it.state)}`));
  rows.forEach((span, i) => {
    const y = 110 + i * rowHeight;
    svg.append(draw('text', {x: 0, y: y + 4}, span.label.slice(0, 30)));
    mark(draw('line', {class: 'span ' + span.priority, x1: x(span.from), x2: Math.max(x(span.to ?? state.at), x(span.from) + 4), y1: y, y2: y}),
      `${span.priority} ${span.label}: ${minute(span.from)} to ${span.to ? minute(span.to) : 'now, open'}`);
  });
  svg.append(draw('line', {class: 'now', x1: x(state.at), x2: x(state.at), y1: 8, y2: height - 6}));
  svg.append(draw('text', {x: left, y: 10}, day(new Date(from).toISOString())));
  return make('div', {class: 'drawing', tabindex: '0', role: 'group', 'aria-label': 'Timeline drawing'}, svg);
}

function table(entries) {
  const lines = entries.slice(-200).reverse().map(it => make('tr', {},
    make('td', {}, minute(it.at)),
    make('td', {}, it.kind === 'EVENT' ? `${words(it.type)}: ${it.code}` : `${it.priority} alert ${words(it.state)}: ${it.summary}`),
    make('td', {class: 'soft'}, it.kind === 'EVENT' ? reason(it) : `rule ${it.rule.id}${it.resolutionReason ? ', ' + words(it.resolutionReason) : ''}`)));
  return make('table', {}, make('caption', {class: 'soft'}, `What was decided, newest first${entries.length > 200 ? ' (the last 200)' : ''}`),
    make('thead', {}, make('tr', {}, ...['When', 'What', 'Why'].map(name => make('th', {scope: 'col'}, name)))), make('tbody', {}, ...lines));
}

// ---------------------------------------------------------------- following

// Not EventSource, which sends no Authorization header.
async function follow() {
  for (;;) {
    try {
      const answer = await fetch(api + '/alerts/stream', {headers: headers()});
      if (!answer.ok) throw await refused(answer);
      await load();
      tell('');
      await read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch (problem) {
      failed(problem);
      if (!$('sign-in').hidden) return;
    }
    behind({records: 0, measuredAt: null, newest: null, unreadable: 0});
    await new Promise(resolve => setTimeout(resolve, 2000));
  }
}

async function read(reader) {
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const [name, data] = event.split('\n');
      const body = JSON.parse(data.slice('data: '.length));
      if (body.behind) behind(body.behind);
      if (name === 'event: alert') changed(body.alert);
      if (name === 'event: lost') await load();
    }
  }
}

function failed(problem) {
  tell(problem.message);
}

async function begin() {
  try {
    const session = await ask('/session');
    roles = session.roles;
    $('sign-in').hidden = true;
    tell('');
    follow();
    const key = location.hash.match(/^#alert=([0-9a-f]{32})$/)?.[1];
    if (key) await show(key);
  } catch (problem) {
    failed(problem);
  }
}

$('sign-in').onsubmit = event => {
  event.preventDefault();
  sessionStorage.setItem('token', $('token').value.trim());
  $('token').value = '';
  begin();
};
$('find').onsubmit = event => {
  event.preventDefault();
  tell('');
  patient($('patient-id').value.trim()).catch(failed);
};
$('more').onclick = () => more().catch(failed);

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select')) return;
  const rows = [...document.querySelectorAll('.alert')];
  const at = rows.indexOf(document.activeElement);
  if (event.key === 'j') rows[Math.min(at + 1, rows.length - 1)]?.focus();
  else if (event.key === 'k') rows[Math.max(at - 1, 0)]?.focus();
  else if (event.key === 'a') $('acknowledge')?.focus();
  else if (event.key === '/') $('patient-id').focus();
  else return;
  event.preventDefault();
});

begin();
