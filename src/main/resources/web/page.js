// The page asks the interface for everything it shows and keeps nothing but the token, for this tab.
// All texts are set as text, never as markup.
const api = '/api/v1';
const rank = {STAT: 0, URGENT: 1, ROUTINE: 2};
const sign = {STAT: '‼', URGENT: '!', ROUTINE: '·'};
const meaning = {STAT: 'now', URGENT: 'within hours', ROUTINE: 'when convenient'};
const kinds = ['IMAGING', 'CSF', 'BIOPSY', 'PERFORMANCE', 'ASSESSMENT', 'TREATMENT', 'OUTCOME'];
const abbreviations = new Set(['MRI', 'CT', 'PET', 'CSF', 'KPS', 'ECOG', 'LP', 'EGFR', 'ALK', 'BRAF', 'HER2', 'ROS1', 'KRAS', 'MET', 'RET', 'INR', 'ANC', 'MDT', 'CNS', 'VP', 'IV', 'TKI']);
const open = new Map();
let chosen = null;
let roles = [];
let next = null;
let newest = null;
let clock = null;
let loaded = false;
let only = null;
let drawing = 0;
let stale = true;
let turn = 0;
let lists = 0; // counted, so that what is on its way is not added to another list
let told = null; // newest decision of the instance that the list is of

const $ = id => document.getElementById(id);
const day = instant => instant ? instant.slice(0, 10) : '';
const minute = instant => instant ? instant.slice(0, 16).replace('T', ' ') : '';
const ended = alert => alert.state === 'RESOLVED' || alert.state === 'RETRACTED';

// REPEAT_LUMBAR_PUNCTURE, minutesToProcessing and POSITIVE in words; what is an abbreviation stays one.
function words(code) {
  return code == null ? '' : String(code)
    .replace(/([a-z0-9])([A-Z])/g, (_, a, b) => a + ' ' + b.toLowerCase())
    .split(/([^A-Za-z0-9]+)/)
    .map(part => /^[A-Z0-9_]{2,}$/.test(part) && !abbreviations.has(part) && !/^G\d+$|^S\d+$|^I{1,3}[A-D]$/.test(part) ? part.toLowerCase() : part)
    .join('')
    .replaceAll('_', ' ');
}
const title = text => text.charAt(0).toUpperCase() + text.slice(1);
const said = value => words(value).replaceAll('=', ': ').replaceAll('+', ' + ');
const field = name => words(name.replace('PERFORMANCE.', '').replace('.markers.', '.').replace('.', ': ').replaceAll('.', ' ')).replace(/\b(kps|ecog)\b/g, it => it.toUpperCase()).replace(/\bml\b/, 'in mL');

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick' || name === 'onsubmit') element[name] = value;
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
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
  if (problem.behind) behind(problem.behind);
  return new Error(problem.detail || problem.title || 'The service answers ' + answer.status + '.');
}

async function ask(path, options = {}) {
  const answer = await fetch(api + path, {signal: AbortSignal.timeout(30000), ...options, headers: headers(options.headers)});
  if (!answer.ok) throw await refused(answer);
  const body = await answer.json();
  if (body.behind) behind(body.behind);
  return body;
}

function behind(it) {
  newest = it.newest ?? newest;
  const was = clock;
  clock = [clock, it.logicalTime, newest].filter(Boolean).sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
  const old = it.ageSeconds ?? Infinity; // never by the clock of this machine, which may be wrong
  const late = it.records > 1000 || old > 30 || it.unreadable > 0 || it.skipped > 0 || it.alertsNotRead > 0;
  const before = stale;
  stale = late || it.records > 0;
  if (before !== stale || (was && minute(was) !== minute(clock))) ward();
  const text = old > 30 ? 'Not known to be up to date: the cluster does not answer'
    : it.alertsNotRead ? `${it.alertsNotRead} open alerts are not in the list: their records were deleted or erased; look at the patients`
    : it.skipped ? `${it.skipped} records were deleted before they were read`
    : it.unreadable ? `${it.unreadable} records cannot be read`
    : it.records ? `${it.records} records behind` : 'Up to date';
  $('behind').textContent = text + (newest ? `; newest decision ${minute(newest)}` : '');
  $('behind').classList.toggle('stale', late);
}

// Ages are counted in the time of the ticks: in a demonstration that is not today.
function age(since, until = clock) {
  const minutes = Math.max(0, Math.floor((Date.parse(until ?? since) - Date.parse(since)) / 60000));
  return minutes < 60 ? `${minutes} min` : minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}

// ---------------------------------------------------------------- the ward

function sorted() {
  return [...open.values()].sort((a, b) =>
    rank[a.priority] - rank[b.priority] || a.openedAt.localeCompare(b.openedAt) || a.alertKey.localeCompare(b.alertKey));
}

// Many changes at once are one drawing.
function ward() {
  drawing ||= setTimeout(() => { drawing = 0; drawWard(); }, 50);
}

function drawWard() {
  const list = sorted();
  const focused = document.activeElement?.dataset?.key;
  const parts = [];
  for (const priority of Object.keys(rank)) {
    const some = list.filter(alert => alert.priority === priority);
    if (some.length && (!only || only === priority)) {
      parts.push(make('h3', {}, `${sign[priority]} ${priority}: look ${meaning[priority]} (${some.length})`), ...some.map(row));
    }
  }
  $('alerts').replaceChildren(...parts);
  $('counts').textContent = list.length ? `${list.length}${next ? ' or more' : ''} open, ${list.filter(a => ['ACTIVE', 'ESCALATED'].includes(a.state)).length} of them unanswered`
    : !loaded ? 'Loading …' : stale ? 'No open alert is known, but not all was read.' : 'No alert is open.';
  const choices = [null, ...Object.keys(rank)];
  if (!$('filters').children.length) {
    $('filters').append(...choices.map(priority => make('button', {type: 'button', onclick: () => { only = priority; drawWard(); }})));
  }
  choices.forEach((priority, i) => {
    const button = $('filters').children[i];
    button.textContent = priority ? `${sign[priority]} ${priority} ${list.filter(a => a.priority === priority).length}` : `All ${list.length}`;
    button.setAttribute('aria-pressed', String(only === priority));
  });
  $('more').hidden = !next;
  if (focused) document.querySelector(`[data-key="${focused}"]`)?.focus();
}

function row(alert) {
  const silenced = ['ACKNOWLEDGED', 'SNOOZED', 'OVERRIDDEN'].includes(alert.state);
  const state = {ACTIVE: 'unanswered', ESCALATED: 'unanswered, escalated', ACKNOWLEDGED: '✓ acknowledged', SNOOZED: '☾ snoozed', OVERRIDDEN: '✗ overridden'}[alert.state];
  return make('button', {
    class: `alert ${alert.priority}${silenced ? ' silenced' : ''}`, 'data-key': alert.alertKey, type: 'button',
    'aria-current': chosen === alert.alertKey ? 'true' : null, onclick: () => show(alert.alertKey).catch(failed)
  },
  make('span', {class: 'line'},
    make('span', {class: 'priority'}, `${sign[alert.priority]} ${alert.priority}${alert.stage ? ', ' + words(alert.stage) : ''}`),
    make('span', {class: 'soft'}, `open ${age(alert.openedAt)}`)),
  make('span', {class: 'line'}, make('strong', {}, alert.summary)),
  make('span', {class: 'line soft'}, make('span', {}, `${alert.patientId}${alert.gap ? ', gap ' + alert.gap : ''}`),
    make('span', {}, state + (alert.preliminary ? ', preliminary results' : ''))));
}

// From the instance whose changes follow: another one may not have read yet what this one told nobody here.
function list(page) {
  lists++;
  open.clear();
  heardOf.clear();
  loaded = true;
  page.alerts.forEach(alert => open.set(alert.alertKey, alert));
  next = page.next;
  ward();
}

// Further parts may come from another instance: they wait until that one has read as much.
async function more() {
  const mine = lists;
  const needed = told;
  let page = null;
  $('more').disabled = true;
  try {
    for (let wait = 1000, tries = 0; ; wait = Math.min(2 * wait, 8000), tries++) {
      page = await ask('/alerts?limit=500&cursor=' + encodeURIComponent(next));
      if (lists !== mine) return;
      const old = older(page.behind, needed);
      if (!old && (page.behind.records === 0 || tries >= 3)) break; // a busy instance never has 0
      if (tries >= 5) throw new Error('The next part of the list is older than what is shown; try again later.');
      await new Promise(resolve => setTimeout(resolve, wait));
      if (lists !== mine) return;
    }
  } finally {
    $('more').disabled = false;
  }
  page.alerts.filter(alert => alert.revision >= (heardOf.get(alert.alertKey) ?? 0)).forEach(alert => open.set(alert.alertKey, alert));
  next = page.next;
  ward();
}

function older(it, needed) {
  return it.ageSeconds === null || it.ageSeconds > 30 || Boolean(needed) && !(it.newest && Date.parse(it.newest) >= Date.parse(needed));
}

// What is heard while a page of the list is on its way is newer than what that says.
const heardOf = new Map();
function changed(alert) {
  if ((open.get(alert.alertKey)?.revision ?? 0) > alert.revision) return; // the list has it already
  heardOf.set(alert.alertKey, alert.revision);
  if (ended(alert)) open.delete(alert.alertKey);
  else open.set(alert.alertKey, alert);
  ward();
  if (chosen === alert.alertKey && !document.activeElement?.closest('.answers input, .answers select')) show(alert.alertKey, false).catch(failed);
}

// ---------------------------------------------------------------- one alert

async function show(key, focus = true) {
  const mine = ++turn;
  if (chosen !== key) empty('Loading …'); // never one alert's answers under another's mark
  chosen = key;
  if (location.hash !== '#alert=' + key) history.pushState(null, '', '#alert=' + key);
  ward();
  const {alert, revisions, explanation, statements} = await asked(mine, '/alerts/' + key);
  if (turn !== mine) return;
  const opened = alert.openedAt ?? revisions[0]?.at ?? alert.at;
  $('detail-title').textContent = ended(alert) ? `This alert is ${words(alert.state)}` : 'Why this alert is open';
  const body = make('div', {id: 'the-patient'}, 'Loading …');
  $('detail-body').replaceChildren(...[
    make('p', {class: 'headline ' + alert.priority},
      make('span', {class: 'priority'}, `${sign[alert.priority]} ${alert.priority}${alert.stage ? ', ' + words(alert.stage) : ''} `),
      make('strong', {}, alert.summary)),
    make('p', {class: 'soft'}, 'Patient ', make('button', {type: 'button', onclick: () => patient(alert.patientId).catch(failed)}, alert.patientId),
      ` ${title(words(alert.code))}${alert.gap ? ', gap ' + alert.gap : ''}${alert.preliminary ? '; rests on preliminary results only' : ''}`),
    make('ol', {class: 'because'},
      make('li', {}, make('h3', {}, '1 The guideline asks'),
        statements.length ? make('ul', {}, statements.map(it => make('li', {}, it.says, make('span', {class: 'soft'}, ` (${it.id})`)))) : 'nothing in words',
        make('p', {class: 'soft'}, `Rule ${alert.rule.id} of ${alert.rule.guideline} ${alert.rule.version}`)),
      make('li', {class: 'known'}, make('h3', {}, '2 Known of the patient'), evidence(alert.evidence, alert.at)),
      make('li', {class: 'missing'}, make('h3', {}, '3 Not known'),
        alert.missing.length ? make('ul', {}, alert.missing.map(it => make('li', {}, field(it)))) : 'nothing that the rule asks for'),
      make('li', {class: 'when'}, make('h3', {}, '4 Since when, for whom'), when(alert, opened, revisions))),
    !ended(alert) && roles.includes('responder') ? answers(alert) : null,
    make('details', {}, make('summary', {}, `How it went: ${revisions.length} revision${revisions.length === 1 ? '' : 's'}, in words`), make('pre', {}, explanation.join('\n'))),
    make('h3', {}, `The patient ${alert.patientId}`), body].filter(part => part));
  if (focus) $('detail').focus({preventScroll: matchMedia('(min-width: 60rem)').matches});
  await patientInto(body, alert.patientId, key);
}

function empty(text) {
  $('detail-title').textContent = text;
  $('detail-body').replaceChildren();
}

// When it fails, and nothing else was asked for meanwhile, nothing is left that could be taken for the answer.
async function asked(mine, path) {
  try {
    return await ask(path);
  } catch (problem) {
    if (turn === mine) empty('Could not be loaded.');
    throw problem;
  }
}

function when(alert, opened, revisions) {
  const stage = alert.stage ? revisions.findLast((it, i) => it.stage === alert.stage && revisions[i - 1]?.stage !== alert.stage) : null;
  const told = revisions.filter(it => it.notify).length;
  return [
    make('p', {}, `Open since ${minute(opened)} (${age(opened, ended(alert) ? alert.at : clock)})`),
    alert.dueAt ? make('p', {}, `Target day ${day(alert.dueAt)}${stage && alert.stage !== 'DUE' ? `; ${words(alert.stage)} since ${day(stage.at)}` : ''}`) : null,
    make('p', {}, `For ${alert.audience.map(words).join(', ')}; ${told === 1 ? 'told once' : `told ${told} times`}`),
    make('p', {}, {ACTIVE: 'Nobody has answered yet.', ESCALATED: 'Nobody has answered; it went to the next in line.', ACKNOWLEDGED: 'Somebody has seen it.', SNOOZED: 'Put off by somebody.', OVERRIDDEN: 'Somebody decided otherwise.',
      RESOLVED: `It ended ${minute(alert.at)}: ${words(alert.resolutionReason)}.`, RETRACTED: `It was taken back ${minute(alert.at)}: ${words(alert.resolutionReason)}.`}[alert.state])].filter(part => part);
}

function evidence(list, at) {
  return list.length
    ? make('ul', {}, list.map(it => make('li', {}, `${day(it.observedAt)} ${words(it.kind)}: ${said(it.value)}`, make('span', {class: 'soft'}, ` (${words(it.status)}, ${age(it.observedAt, at)} before)`))))
    : 'no fact: something that should be there is not';
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
      $('said').textContent = 'Your answer is stored; the alert changes when it is decided on.';
      setTimeout(() => { $('said').textContent = ''; }, 8000);
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
    make('button', {id: 'snooze', type: 'button', onclick: () => send({action: 'SNOOZED', snoozeDays: Number(days.value), ...why()})}, 'Snooze'),
    make('label', {}, 'Reason (needed to override)', reason),
    make('button', {id: 'override', type: 'button', onclick: () => {
      if (!reason.value.trim()) { tell('An override needs a reason.'); reason.focus(); return; }
      send({action: 'OVERRIDDEN', ...why()});
    }}, 'Override'));
}

// ---------------------------------------------------------------- one patient

async function patient(id) {
  const mine = ++turn;
  chosen = null;
  ward();
  $('detail-title').textContent = 'Patient ' + id;
  // What comes too late is drawn into what is not shown any more.
  const body = make('div', {id: 'the-patient'}, 'Loading …');
  $('detail-body').replaceChildren(body);
  await patientInto(body, id, null).catch(problem => {
    if (turn === mine) empty('Could not be loaded.');
    throw problem;
  });
  if (turn === mine) $('detail').focus();
}

// All of it is read, and the last of it shown.
const most = 5000;
async function patientInto(body, id, key) {
  const path = '/patients/' + encodeURIComponent(id);
  const now = await ask(path);
  const entries = [];
  let earlier = 0;
  let cursor = null;
  do {
    const page = await ask(`${path}/timeline?limit=500` + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''));
    if (!body.isConnected) return; // something else is shown by now
    entries.push(...page.entries);
    earlier += entries.splice(0, Math.max(0, entries.length - most)).length;
    cursor = page.next;
  } while (cursor);
  const because = type => now.why.find(event => event.type === type);
  const about = (event, text) => make('dd', {}, make('strong', {}, text), event ? make('div', {class: 'soft'}, reason(event)) : null);
  const state = now.state;
  const coming = due(state);
  body.replaceChildren(
    make('dl', {},
      make('dt', {}, 'Classification'), about(because('CLASSIFICATION_CHANGED'), `Type ${words(state.type)}, ${words(state.certainty)}`),
      make('dt', {}, 'Status group'), about(because('STATUS_GROUP_CHANGED'), words(state.statusGroup) + (state.statusGroup === 'UNKNOWN' ? ': not all that it needs is known' : '')),
      make('dt', {}, 'Stage'), about(because('STAGE_CHANGED'), words(state.stage)),
      make('dt', {}, 'Criteria met for'), make('dd', {}, state.recommendations.map(it => words(it.code) + (it.gap ? ' ' + it.gap : '')).join(', ') || 'nothing'),
      make('dt', {}, 'Stands against'), make('dd', {}, state.contraindications.map(words).join(', ') || 'nothing'),
      make('dt', {}, 'Not known when that was decided'), make('dd', {}, [...new Set(now.why.flatMap(event => event.missing))].map(field).join(', ') || 'nothing that a rule asks for'),
      make('dt', {}, 'Due next'), make('dd', {}, coming.map(it => `${day(it.dueAt)} ${words(it.code)} (${words(it.state)})`).slice(0, 6).join(', ') || 'nothing')),
    now.alertsNotRead.length ? make('p', {class: 'problem'}, `Open by the state, without a record to show: ${now.alertsNotRead.map(it =>
      `${it.priority} ${words(it.code)}${it.gap ? ' ' + it.gap : ''}${it.stage ? ', ' + words(it.stage) : ''}, ${words(it.state)}${it.dueAt ? `, target day ${day(it.dueAt)}` : ''}`).join('; ')}`) : '',
    make('h3', {}, 'Timeline'),
    earlier ? make('p', {class: 'soft', id: 'earlier'}, `${earlier} earlier ones are not shown; an alert of theirs begins with the first that is.`) : '',
    timeline(state, entries, coming, key), table(entries));
}

const reason = event => `decided ${minute(event.at)} ${grounds(event)}`;

function grounds(event) {
  const facts = event.evidence.map(it => `${day(it.observedAt)} ${said(it.value)}`).join('; ');
  const missing = event.missing.length ? `; not known: ${event.missing.map(field).join(', ')}` : '';
  return `by rule ${event.rule.id}${facts ? ' on ' + facts : ''}${missing}`;
}

function due(state) {
  return state.schedules.flatMap(it => it.entries.filter(entry => !['DONE', 'MISSED', 'SUSPENDED'].includes(entry.state)).map(entry => ({code: it.code, ...entry})))
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
}

// Facts by kind, decisions, corrections, what is due, and the life of each alert, over the days.
function timeline(state, entries, coming, key) {
  const facts = new Map();
  const lives = [];
  const corrected = new Set();
  for (const entry of entries) {
    for (const it of entry.evidence) {
      const id = it.kind + it.factId;
      const fact = facts.get(id) ?? {...it, says: new Set()};
      fact.says.add(said(it.value));
      facts.set(id, fact);
    }
    if (entry.kind === 'ALERT') {
      const last = lives.findLast(it => it.key === entry.alertKey);
      const again = last?.to && !ended(entry); // it came back: another life
      const span = last && !again ? last : {key: entry.alertKey, from: entry.at, label: words(entry.code) + (entry.gap ? ' ' + entry.gap : '')};
      span.to = ended(entry) ? entry.at : null;
      span.state = entry.state;
      span.priority = entry.priority;
      if (span !== last) lives.push(span);
    } else if (entry.type.startsWith('FACT_')) corrected.add(entry.factId);
  }
  const events = entries.filter(entry => entry.kind === 'EVENT');
  const shown = coming.slice(0, 10);
  const times = [...[...facts.values()].map(it => it.observedAt), ...entries.map(it => it.at), ...shown.map(it => it.dueAt), state.at].map(it => Date.parse(it));
  if (!entries.length) return make('p', {}, 'Nothing yet.');
  const dayLength = 86400000;
  const recent = Math.min(...entries.map(it => Date.parse(it.at)), Date.parse(state.at)) - 60 * dayLength;
  const early = times.filter(it => it < recent).length;
  const from = Math.min(...times.filter(it => it >= recent)) - dayLength;
  const to = Math.max(...times) + 2 * dayLength;
  const left = 215, width = 800, right = 24, step = 20;
  const x = instant => left + Math.max(0, Date.parse(instant) - from) / (to - from) * (width - left - right);
  const svg = draw('svg', {role: 'img', 'aria-label': `Timeline from ${day(new Date(from).toISOString())} to ${day(new Date(to).toISOString())}; the table below says the same`});
  let y = 14;
  const mark = (element, text) => { element.append(draw('title', {}, text)); svg.append(element); };
  const lane = (label, style = '') => { y += step; svg.append(draw('text', {x: 0, y: y + 4, class: style}, label), draw('line', {class: 'axis', x1: left, x2: width - right, y1: y, y2: y})); return y; };
  const head = label => { y += 5; svg.append(draw('text', {x: 0, y: y + step, class: 'head'}, label)); y += step; };
  const months = axis(from, to);
  head('● What was found');
  for (const kind of kinds.filter(kind => [...facts.values()].some(it => it.kind === kind))) {
    lane(words(kind));
    facts.forEach(it => { if (it.kind === kind) mark(draw('circle', {class: 'fact' + (corrected.has(it.factId) ? ' gone' : ''), cx: x(it.observedAt), cy: y, r: 5}), `${day(it.observedAt)} ${words(kind)}: ${[...it.says].join('; ')}${corrected.has(it.factId) ? ' (corrected later)' : ''}`); });
  }
  head('▪ What was decided');
  const deciding = {CLASSIFICATION_CHANGED: 'classification', STATUS_GROUP_CHANGED: 'status group', STAGE_CHANGED: 'stage'};
  for (const [type, label] of Object.entries(deciding)) {
    const some = events.filter(it => it.type === type);
    if (!some.length) continue;
    lane(label);
    some.forEach((it, i) => {
      mark(draw('rect', {class: 'decision', x: x(it.at) - 4, y: y - 4, width: 8, height: 8}), `${minute(it.at)} ${words(type)}: ${words(it.code)}`);
      const text = words(it.code).replace('/', ', ');
      // Where there is room for it before the next.
      const free = (some[i + 1] ? x(some[i + 1].at) - 6 : width) - x(it.at) - 8;
      if (text.length * 6.6 < free) svg.append(draw('text', {x: x(it.at) + 8, y: y + 4, class: 'soft-text'}, text));
    });
  }
  const other = events.filter(it => !deciding[it.type] && !it.type.startsWith('FACT_') && !it.type.startsWith('SCHEDULE_'));
  if (other.length) {
    lane('criteria, contraindications');
    other.forEach(it => mark(draw('rect', {class: 'decision', x: x(it.at) - 4, y: y - 4, width: 8, height: 8}), `${minute(it.at)} ${words(it.type)}: ${words(it.code)}`));
  }
  const fixes = events.filter(it => it.type.startsWith('FACT_'));
  if (fixes.length) {
    lane('▲ corrections');
    fixes.forEach(it => mark(draw('path', {class: 'fix', d: `M${x(it.at)} ${y - 6} l7 12 h-14z`}), `${minute(it.at)} ${words(it.type)}: ${words(it.code)}`));
  }
  if (shown.length) {
    head('○ What is due');
    for (const code of new Set(shown.map(it => it.code))) {
      lane(words(code));
      shown.filter(it => it.code === code).forEach(it => {
        const late = ['OVERDUE', 'CRITICAL'].includes(it.state);
        const at = x(it.dueAt);
        mark(late ? draw('path', {class: 'due late', d: `M${at - 5} ${y - 5} l10 10 m0 -10 l-10 10`}) : draw('circle', {class: 'due', cx: at, cy: y, r: 5}), `${day(it.dueAt)} ${words(code)}: ${words(it.state)}`);
      });
    }
  }
  head('━ Alerts, from first to last');
  const rows = lives.sort((a, b) => rank[a.priority] - rank[b.priority] || a.from.localeCompare(b.from));
  for (const span of rows) {
    lane(span.label.length > 30 ? span.label.slice(0, 29) + '…' : span.label, span.key === key ? 'head' : '');
    const end = span.to ? x(span.to) : width - right;
    mark(draw('line', {class: `span ${span.priority}${span.key === key ? ' chosen' : ''}`, x1: x(span.from), x2: Math.max(end, x(span.from) + 4), y1: y, y2: y}),
      `${span.priority} ${span.label}: ${minute(span.from)} to ${span.to ? minute(span.to) + ', ' + words(span.state) : 'now, ' + words(span.state)}`);
    if (span.to) svg.append(draw('line', {class: 'ended', x1: Math.max(end, x(span.from) + 4), x2: Math.max(end, x(span.from) + 4), y1: y - 7, y2: y + 7}));
    else svg.append(draw('text', {x: width - right + 3, y: y + 4}, '▸'));
  }
  y += step;
  for (const [at, label] of months) {
    const place = x(new Date(at).toISOString());
    svg.prepend(draw('line', {class: 'axis', x1: place, x2: place, y1: 18, y2: y - 8}));
    svg.append(draw('text', {x: place + 3, y: 12, class: 'soft-text'}, label));
  }
  if (clock && Date.parse(clock) < to) svg.append(draw('line', {class: 'now', x1: x(clock), x2: x(clock), y1: 8, y2: y - 6}), draw('text', {x: x(clock) - 28, y: y + 6}, 'now'));
  svg.setAttribute('viewBox', `0 0 ${width} ${y + 10}`);
  return make('div', {},
    make('div', {class: 'drawing', tabindex: '0', role: 'group', 'aria-label': 'Timeline drawing'}, svg),
    make('p', {class: 'soft'}, `‼ solid, ! long dashes, · short dashes: STAT, URGENT, ROUTINE. A bar with an end mark has ended, one with ▸ is open. ✕ is past its day, ○ is to come; a hollow ● was corrected.${early ? ` ${early} earlier ones stand at the left edge.` : ''} Point at a mark to read it.`));
}

// Not more than a dozen lines with dates.
function axis(from, to) {
  const day = 86400000;
  const step = [1, 2, 7, 14, 30, 61, 91, 183, 365, 730, 1825].find(days => (to - from) / (days * day) <= 12) ?? 3650;
  const marks = [];
  for (let at = Math.ceil(from / day) * day; at < to - step * day / 3; at += step * day) marks.push([at, new Date(at).toISOString().slice(0, 10)]);
  return marks.length > 7 ? marks.map(([at, label], i) => [at, i % 2 ? '' : label]) : marks;
}

function table(entries) {
  const lines = entries.slice(-200).reverse().map(it => make('tr', {},
    make('td', {}, minute(it.at)),
    make('td', {}, it.kind === 'EVENT' ? `${title(words(it.type))}: ${words(it.code)}` : `${sign[it.priority]} ${it.priority} alert ${words(it.state)}: ${it.summary}`),
    make('td', {class: 'soft'}, it.kind === 'EVENT' ? grounds(it) : `by rule ${it.rule.id}${it.resolutionReason ? ', ' + words(it.resolutionReason) : ''}`)));
  return make('details', {open: true}, make('summary', {}, `The same as a table, newest first${entries.length > 200 ? ' (the last 200)' : ''}`),
    make('table', {}, make('caption', {class: 'soft'}, 'What was decided'),
      make('thead', {}, make('tr', {}, ...['When', 'What', 'Why'].map(name => make('th', {scope: 'col'}, name)))), make('tbody', {}, ...lines)));
}

// ---------------------------------------------------------------- following

// Not EventSource, which sends no Authorization header. The service says something every 5 s: a connection that is silent for
// longer is lost, though nobody was told.
const silence = 15000;
async function follow() {
  for (;;) {
    const connection = new AbortController();
    let heard = performance.now();
    const watch = setInterval(() => { if (performance.now() - heard > silence) connection.abort(); }, 1000);
    try {
      const answer = await fetch(api + '/alerts/stream?list=500', {headers: headers(), signal: connection.signal});
      if (!answer.ok) throw await refused(answer);
      tell('');
      heard = performance.now();
      await read(answer.body.pipeThrough(new TextDecoderStream()).getReader(), () => { heard = performance.now(); });
    } catch (problem) {
      failed(connection.signal.aborted ? new Error('The service has been silent; what is shown may be old.') : problem);
      if (!$('sign-in').hidden) return;
    } finally {
      clearInterval(watch);
    }
    behind({records: 0, measuredAt: null, ageSeconds: null, newest: null, logicalTime: null, unreadable: 0, skipped: 0, alertsNotRead: null});
    await new Promise(resolve => setTimeout(resolve, 2000));
  }
}

async function read(reader, heard) {
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    heard();
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const [name, data] = event.split('\n');
      const body = JSON.parse(data.slice('data: '.length));
      if (body.behind) {
        told = body.behind.newest ?? told;
        behind(body.behind);
      }
      if (name === 'event: list') list(body); // comes after 'lost', too
      if (name === 'event: alert') changed(body.alert);
    }
  }
}

function failed(problem) {
  tell(problem.message);
}

function hashed() {
  return location.hash.match(/^#alert=([0-9a-f]{32})$/)?.[1];
}

async function begin() {
  try {
    const session = await ask('/session');
    roles = session.roles;
    $('sign-in').hidden = true;
    tell('');
    follow();
    if (hashed()) await show(hashed());
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
addEventListener('popstate', () => { if (hashed()) show(hashed()).catch(failed); });

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select')) return;
  const rows = [...document.querySelectorAll('.alert')];
  const here = document.activeElement?.classList.contains('alert') ? document.activeElement : document.querySelector('.alert[aria-current]');
  const at = rows.indexOf(here);
  if (event.key === 'j') rows[Math.min(at + 1, rows.length - 1)]?.focus();
  else if (event.key === 'k') rows[Math.max(at - 1, 0)]?.focus();
  else if (event.key === 'a') $('acknowledge')?.focus();
  else if (event.key === '/') $('patient-id').focus();
  else return;
  event.preventDefault();
});

begin();
