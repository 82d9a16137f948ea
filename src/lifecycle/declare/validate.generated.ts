// @ts-nocheck made by scripts/generate-schema.ts from schemas/rung.schema.json; do not edit
"use strict";
export const validate = validate52;

const schema19 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:rung:project-file:1","title":"Rung project file","description":"`rung.yaml`, beside your code: which services there are, which environments they climb through, and what has to be true before each step.","type":"object","additionalProperties":false,"required":["rung","project","services","environments","pipelines"],"properties":{"rung":{"description":"Version of the file's format. This Rung reads version 1.","x-write":"`rung: 1`","const":1},"project":{"description":"The project's name.","$ref":"#/$defs/name"},"roles":{"description":"Who belongs to which role, and how to reach them. Approvals name roles.","type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/role"}},"services":{"description":"What is built and run, by name.","type":"object","minProperties":1,"x-write":"at least one service, for example `web: { path: ., run: [node, server.js], health: /healthz }`","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/service"}},"environments":{"description":"Where releases run, by name.","type":"object","minProperties":1,"x-write":"at least one environment, for example `dev: { tier: development, source: develop }`","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/environment"}},"pipelines":{"description":"The order in which a release climbs the environments, by name. Most projects have one.","type":"object","minProperties":1,"x-write":"at least one pipeline, for example `main: [{ environment: dev }, { environment: prod }]`","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"description":"Environments in order, the first one first.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of steps, for example `- environment: dev`","items":{"$ref":"#/$defs/step"}}},"freezes":{"description":"Freezes of every protected environment (staging and production): times in which nothing may go in.","type":"array","maxItems":100,"x-write":"a list, for example `- { from: \"2026-12-18 17:00\", to: \"2027-01-04 09:00\", zone: Europe/London, reason: Holidays }`","items":{"$ref":"#/$defs/freeze"}},"alarms":{"description":"Who is asked which alarms there are, in every environment that does not say so itself.","$ref":"#/$defs/alarms"},"audit":{"description":"How long the log keeps what. Left out: all of it for ever.","$ref":"#/$defs/audit"}},"$defs":{"audit":{"description":"How long the log keeps what.","type":"object","additionalProperties":false,"required":["keep-payloads"],"x-write":"for example `{ keep-payloads: 365d }`","properties":{"keep-payloads":{"description":"How long the payloads of events are kept: 90 days or more. The events stay, with what they say to people, and the log can be proved as before.","type":"string","pattern":"^(9[0-9]|[1-9][0-9]{2,4})d$","x-write":"90 days or more, for example `90d` or `365d`"}}},"name":{"description":"A name of lower case letters, digits and hyphens, starting with a letter, 40 characters at most.","type":"string","pattern":"^[a-z][a-z0-9-]{0,39}$","x-write":"lower case letters, digits and hyphens, starting with a letter, 40 at most"},"text":{"description":"A line of text, 200 characters at most.","type":"string","pattern":"^.{1,200}$","x-write":"one line of text, 200 characters at most"},"duration":{"description":"A length of time: `500ms`, `30s`, `5m`, `24h` or `7d`.","type":"string","pattern":"^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$","x-write":"a number and a unit, for example `500ms`, `30s`, `5m`, `24h` or `7d`"},"command":{"description":"A program and its arguments, one list item each. No shell reads it.","type":"array","minItems":1,"maxItems":100,"x-write":"a list, for example `[node, server.js]`","items":{"type":"string","pattern":"^[^\\u0000]{1,4000}$","x-write":"text; put a number or true and false in quotes"}},"urlPath":{"description":"The path of a URL, starting with `/`.","type":"string","pattern":"^/[!-~]{0,500}$","x-write":"a path that starts with `/`, for example `/healthz`"},"role":{"description":"People who share a duty.","type":"object","additionalProperties":false,"required":["members"],"x-write":"for example `{ members: [ada@example.org], contact: \"#leads\" }`","properties":{"members":{"description":"E-mail addresses.","type":"array","minItems":1,"maxItems":500,"x-write":"a list of e-mail addresses, for example `[ada@example.org]`","items":{"type":"string","pattern":"^[^\\s@]{1,100}@[^\\s@]{1,100}$","x-write":"an e-mail address, for example `ada@example.org`"}},"contact":{"description":"Where to reach the role, for example a chat channel.","$ref":"#/$defs/text"},"on-call":{"description":"Who is called out of hours, or where that is written.","$ref":"#/$defs/text"},"availability":{"description":"When somebody answers, for example `Mon-Fri 9-17 UTC`.","$ref":"#/$defs/text"}}},"service":{"description":"A program that is built, released and run.","type":"object","additionalProperties":false,"required":["run","health"],"x-write":"for example `{ path: services/web, run: [node, server.js], health: /healthz }`","properties":{"path":{"description":"The service's folder, relative to this file.","type":"string","pattern":"^.{1,500}$","x-write":"a folder beside this file, for example `services/web`","default":"."},"build":{"description":"Run by the builder in the service's folder of a clean checkout, before the artifact is packed. It sees no token and no variable of the builder's.","$ref":"#/$defs/command"},"run":{"description":"Starts the service in its unpacked artifact. The service listens on the port in `PORT` at the address in `HOST`, and ends on SIGTERM.","$ref":"#/$defs/command"},"health":{"description":"How to see that an instance is well: a path that answers 200 to 299, or the long form.","type":["string","object"],"x-write":"a path such as `/healthz`, or `{ path: /healthz, every: 1s }`","if":{"type":"object"},"then":{"$ref":"#/$defs/health"},"else":{"$ref":"#/$defs/urlPath"}},"smoke":{"description":"Tests of a new version before it gets traffic: a command, or the long form. It reads the version's address from `RUNG_SMOKE_URL`; exit code 0 is a pass.","type":["array","object"],"x-write":"a list such as `[node, smoke.js]`, or `{ run: [node, smoke.js], timeout: 60s }`","if":{"type":"object"},"then":{"$ref":"#/$defs/smoke"},"else":{"$ref":"#/$defs/command"}},"probe":{"description":"Requests that Rung sends itself, for a service with little traffic: a path, or the long form. They count as traffic and are marked.","type":["string","object"],"x-write":"a path such as `/`, or `{ path: /, per-second: 5 }`","if":{"type":"object"},"then":{"$ref":"#/$defs/probe"},"else":{"$ref":"#/$defs/urlPath"}},"instances":{"description":"How many processes of each version run.","type":"integer","minimum":1,"maximum":100,"default":1,"x-write":"a whole number from 1 to 100"},"stop-within":{"description":"How long an instance may take to end after SIGTERM, before SIGKILL.","$ref":"#/$defs/duration","default":"10s"}}},"health":{"description":"A health check.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"description":"Answers 200 to 299 when the instance is well.","$ref":"#/$defs/urlPath"},"every":{"description":"Time between two checks.","$ref":"#/$defs/duration","default":"1s"},"timeout":{"description":"A check without an answer for so long has failed.","$ref":"#/$defs/duration","default":"1s"},"start-within":{"description":"An instance that is not well so long after its start has failed to start.","$ref":"#/$defs/duration","default":"30s"}}},"smoke":{"description":"Smoke tests.","type":"object","additionalProperties":false,"required":["run"],"properties":{"run":{"description":"The command.","$ref":"#/$defs/command"},"timeout":{"description":"Tests that take longer have failed.","$ref":"#/$defs/duration","default":"60s"}}},"probe":{"description":"Requests that Rung sends itself.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"description":"What is asked for, with GET.","$ref":"#/$defs/urlPath"},"per-second":{"description":"How many in a second, over both versions together.","type":"number","exclusiveMinimum":0,"maximum":100,"default":5,"x-write":"a number above 0, 100 at most"}}},"environment":{"description":"A place where releases run.","type":"object","additionalProperties":false,"required":["tier"],"x-write":"for example `{ tier: development, source: develop }`","properties":{"tier":{"description":"The class of environment.","type":"string","enum":["development","testing","staging","production","preview"]},"purpose":{"description":"What it is for. Filled from the tier when left out.","$ref":"#/$defs/text"},"owner":{"description":"The person or team that looks after it.","$ref":"#/$defs/text"},"source":{"description":"The branch, or a pattern such as `release/v*`, whose merges ask for this environment.","type":"string","pattern":"^[^\\s~^:?\\[\\\\]{1,200}$","x-write":"a branch such as `develop`, or a pattern such as `release/v*`"},"deploy":{"description":"How a release gets in: with a merge to `source` (`on-merge`), by itself as soon as everything allows it (`automatic`), or when a person asks (`manual`). A development environment with a source takes merges; every other waits for a person.","type":"string","enum":["on-merge","automatic","manual"]},"reset":{"description":"The environment is used again and again, and set back this often.","$ref":"#/$defs/duration"},"ttl":{"description":"The environment is removed when it is so old.","$ref":"#/$defs/duration"},"mirrors":{"description":"The environment whose shape this one copies.","$ref":"#/$defs/name"},"ports":{"description":"Fixed ports on this machine, by service, best below 32768: above, an outgoing connection may have taken it. A service that is not named gets a free one.","type":"object","additionalProperties":{"type":"integer","minimum":1,"maximum":65535,"x-write":"a port from 1 to 65535"}},"windows":{"description":"The only times in which a release may go in. Without any, it may at all times.","type":"array","minItems":1,"maxItems":50,"x-write":"a list such as `[\"Tue-Thu 09:00-16:00 Europe/London\"]`","items":{"type":"string","pattern":"^.{1,200}$","x-write":"days, hours and a time zone, for example `Tue-Thu 09:00-16:00 Europe/London`"}},"freezes":{"description":"Times in which nothing may go in, for example the days before a holiday.","type":"array","maxItems":100,"x-write":"a list, for example `- { from: \"2026-12-18 17:00\", to: \"2027-01-04 09:00\", zone: Europe/London, reason: Holidays }`","items":{"$ref":"#/$defs/freeze"}},"alarms":{"description":"Who is asked which alarms there are here.","$ref":"#/$defs/alarms"}}},"step":{"description":"One rung of a pipeline.","type":"object","additionalProperties":false,"required":["environment"],"x-write":"for example `environment: prod`","properties":{"environment":{"description":"The environment of this rung.","$ref":"#/$defs/name"},"gates":{"description":"What has to be true of the release in the environment before this one.","type":"array","maxItems":20,"x-write":"a list, for example `[smoke, { soak: 24h }]`","items":{"$ref":"#/$defs/gate"}},"approvals":{"$ref":"#/$defs/approvals"},"rollout":{"$ref":"#/$defs/rollout"},"waive":{"description":"Who may let a gate of this step pass without what it asks for, with a reason. Nobody, unless named.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"emergency":{"$ref":"#/$defs/emergency"}}},"gate":{"description":"Something that has to be true: a word such as `smoke` or `tests`, or one key with its settings such as `{ soak: 24h }`.","type":["string","object"],"x-write":"a word such as `tests`, or one key with its settings such as `{ soak: 24h }`","if":{"type":"object"},"then":{"$ref":"#/$defs/gateForm"},"else":{"enum":["smoke","validation","tests","coverage","review","scan","stability","alarms","uat","change-request","rollback-plan","bugs"]}},"approvals":{"description":"Which people have to agree before a release enters. One person never counts twice.","type":"object","additionalProperties":false,"required":["from"],"x-write":"for example `{ count: 2, from: [engineering-lead, qa-lead] }`","properties":{"count":{"description":"How many different people.","type":"integer","minimum":1,"maximum":50,"default":1,"x-write":"a whole number from 1 to 50"},"from":{"description":"Roles whose members may approve.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"distinct-roles":{"description":"How many different roles the approvals must have between them.","type":"integer","minimum":1,"maximum":50,"default":1,"x-write":"a whole number from 1 to 50"},"not-requester":{"description":"Whether who asked for the promotion may not approve it. True for a production environment, unless said otherwise.","type":"boolean","x-write":"`true` or `false`"},"expire":{"description":"An approval is void when it is so old.","$ref":"#/$defs/duration","default":"24h"}}},"rollout":{"description":"How a release takes over in steps. Without it, all at once, behind health and smoke tests.","type":"object","additionalProperties":false,"required":["canary"],"x-write":"for example `{ canary: [{ percent: 10, for: 5m }, { percent: 100 }] }`","properties":{"canary":{"description":"Shares of the traffic, rising. The last is 100.","type":"array","minItems":1,"maxItems":20,"x-write":"a list, for example `[{ percent: 10, for: 5m }, { percent: 100 }]`","items":{"$ref":"#/$defs/canaryStep"}},"watch":{"description":"How long the rules stay armed at 100 %, with the old version kept warm.","$ref":"#/$defs/duration","default":"2h"},"rollback":{"description":"What takes the release back without a person. Failing health always does.","type":"array","maxItems":10,"x-write":"a list, for example `[{ errors: \"> 5%\", for: 2m }, { health: failing }]`","items":{"$ref":"#/$defs/rollbackRule"}},"ask":{"description":"What stops the rollout and asks a person.","type":"array","maxItems":10,"x-write":"a list, for example `[{ p95: \"> 3x baseline\" }]`","items":{"$ref":"#/$defs/askRule"}},"lease":{"description":"How long the gateway keeps the new version's share when nobody judges it any more.","$ref":"#/$defs/duration","default":"30s"},"drain":{"description":"From a version's share going to nothing to its instances being stopped.","$ref":"#/$defs/duration","default":"30s"}}},"canaryStep":{"description":"A share of the traffic and how long it has to go well.","type":"object","additionalProperties":false,"required":["percent"],"x-write":"for example `{ percent: 10, for: 5m }`","properties":{"percent":{"description":"Share of requests for the new version.","type":"number","exclusiveMinimum":0,"maximum":100,"x-write":"a number above 0, 100 at most"},"for":{"description":"Time at this share with evidence. Needed on every step but the last.","$ref":"#/$defs/duration"},"maximum":{"description":"A step that takes longer is held for want of evidence. Six times `for`, unless said otherwise.","$ref":"#/$defs/duration"}}},"rollbackRule":{"description":"`{ errors: \"> 5%\", for: 2m }`: the share of failed requests is over the limit for so long. `{ health: failing }`: an instance of the new version dies or fails its checks; this one is always armed.","type":"object","additionalProperties":false,"minProperties":1,"x-write":"`{ errors: \"> 5%\", for: 2m }` or `{ health: failing }`","properties":{"errors":{"description":"The highest share of failed requests that is still good.","type":"string","pattern":"^> ?[0-9]{1,2}([.][0-9]{1,4})? ?%$","x-write":"`\"> 5%\"`, in quotes, with a figure below 100"},"for":{"description":"How long it has to be over the limit.","$ref":"#/$defs/duration","default":"2m"},"health":{"description":"Only `failing` can be written.","enum":["failing"]}}},"askRule":{"description":"`{ p95: \"> 3x baseline\" }`: 95 of 100 requests used to be answered within a time, and now that takes so many times longer.","type":"object","additionalProperties":false,"required":["p95"],"x-write":"`{ p95: \"> 3x baseline\" }`","properties":{"p95":{"description":"How many times the stable version's p95 is still good.","type":"string","pattern":"^> ?[0-9]{1,3}([.][0-9]{1,3})? ?x baseline$","x-write":"`\"> 3x baseline\"`, in quotes"}}},"freeze":{"description":"A time in which nothing may go in: once (`from` and `to` with a year), or every year (`yearly`).","type":"object","additionalProperties":false,"required":["reason"],"x-write":"for example `{ yearly: \"12-20..01-02\", zone: Europe/London, reason: Holidays }`","properties":{"from":{"description":"Its first minute, as local time, for example `2026-12-18 17:00`.","type":"string","pattern":"^.{1,30}$","x-write":"a local time such as `2026-12-18 17:00`"},"to":{"description":"The minute in which it is over.","type":"string","pattern":"^.{1,30}$","x-write":"a local time such as `2027-01-04 09:00`"},"yearly":{"description":"First and last day of a freeze that comes every year, for example `12-20..01-02`.","type":"string","pattern":"^.{1,30}$","x-write":"two days such as `12-20..01-02`"},"zone":{"description":"The time zone of its times.","type":"string","pattern":"^.{1,64}$","default":"UTC","x-write":"a time zone such as `Europe/London`"},"reason":{"description":"Why, as people will read it.","$ref":"#/$defs/text"}}},"emergency":{"description":"Who may let a release in past gates, approvals, windows and freezes in an emergency: one asks with a reason, another one confirms.","type":"object","additionalProperties":false,"required":["from"],"x-write":"for example `{ from: [engineering-lead, devops-lead] }`","properties":{"from":{"description":"Roles of whoever may ask.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"second":{"description":"Roles of whoever may confirm; those of `from` unless named. Never the person who asked.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}}}},"gateForm":{"description":"A gate with settings: exactly one of these keys.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"x-write":"one key, for example `{ soak: 24h }`; two gates are two items of the list","properties":{"soak":{"description":"How long the release must have run in the environment before this one.","$ref":"#/$defs/duration"},"tests":{"description":"Test results (JUnit XML) in which nothing failed. As a list: the suites that have to be there, by the name they are given in.","type":"array","minItems":1,"maxItems":20,"x-write":"names of suites, for example `[unit, integration]`","items":{"$ref":"#/$defs/name"}},"coverage":{"description":"Share of the lines that the tests run through (lcov or Cobertura), for example `> 80 %`.","type":["string","number"],"pattern":"^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$","x-write":"a limit such as `\"> 80\"`"},"review":{"description":"How many people must have approved the change itself, beside its author.","type":"integer","minimum":1,"maximum":20,"x-write":"a whole number from 1 to 20"},"scan":{"description":"Findings of security scans (SARIF) that must not be there, by severity.","type":"array","minItems":1,"x-write":"severities, for example `[critical, high]`","items":{"enum":["critical","high","medium","low"]}},"stability":{"$ref":"#/$defs/stability"},"uat":{"description":"Whose acceptance counts.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"change-request":{"description":"Who approves the change request.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"rollback-plan":{"description":"Who has to have read the plan.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"checklist":{"$ref":"#/$defs/checklist"},"bugs":{"description":"How many blocking bugs there may be at the most.","type":"integer","minimum":0,"maximum":10000,"x-write":"a whole number, for example `0`"},"rule":{"$ref":"#/$defs/rule"},"webhook":{"$ref":"#/$defs/webhook"}}},"stability":{"description":"The environment before this one was calm: nothing was taken back there, no alarm fired, and few requests failed.","type":"object","additionalProperties":false,"x-write":"for example `{ for: 24h, errors: \"< 1%\" }`","properties":{"for":{"description":"Over how long.","$ref":"#/$defs/duration","default":"24h"},"errors":{"description":"The share of requests that may fail.","type":["string","number"],"pattern":"^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$","x-write":"a limit such as `\"< 1%\"`","default":"< 1%"}}},"checklist":{"description":"Things that people tick off, each by name.","type":"object","additionalProperties":false,"required":["name","items"],"x-write":"for example `{ name: go-live, items: [On-call engineer assigned] }`","properties":{"name":{"description":"The checklist's name.","$ref":"#/$defs/name"},"items":{"description":"What has to be ticked off.","type":"array","minItems":1,"maxItems":100,"x-write":"a list of sentences","items":{"$ref":"#/$defs/text"}},"from":{"description":"Who may tick off; every member unless named.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}}}},"rule":{"description":"A gate of your own, as a CEL expression over the release, its evidence and the environments.","type":"object","additionalProperties":false,"required":["name","when"],"x-write":"for example `{ name: small, when: \"size(release.services) < 3\", otherwise: Promote fewer services at once. }`","properties":{"name":{"description":"The gate's name.","$ref":"#/$defs/name"},"when":{"description":"The expression. The gate opens when it is true.","type":"string","pattern":"^[^\\u0000]{1,2000}$","x-write":"a CEL expression that is true or false"},"otherwise":{"description":"What a person should do while it is false.","$ref":"#/$defs/text"}}},"webhook":{"description":"A gate of your own, answered by a program of yours: it is asked by a signed POST and answers with a verdict.","type":"object","additionalProperties":false,"required":["name","url"],"x-write":"for example `{ name: licence-check, url: \"https://checks.example.org/licence\" }`","properties":{"name":{"description":"The gate's name.","$ref":"#/$defs/name"},"url":{"description":"Where it is asked. `https`, or `http` on this machine.","type":"string","pattern":"^https?://[^\\s]{1,2000}$","x-write":"an address such as `https://checks.example.org/licence`"},"timeout":{"description":"How long it may take to answer, a later answer by callback included.","$ref":"#/$defs/duration","default":"30s"}}},"alarms":{"description":"Who is asked which alarms there are.","type":"object","additionalProperties":false,"minProperties":1,"x-write":"for example `{ prometheus: { url: \"http://prometheus:9090\", labels: { env: sit } } }`","properties":{"prometheus":{"$ref":"#/$defs/prometheus"},"alertmanager":{"$ref":"#/$defs/alertmanager"}}},"prometheus":{"description":"Prometheus, asked for the alerts that fire.","type":"object","additionalProperties":false,"required":["url"],"x-write":"for example `{ url: \"http://prometheus:9090\", labels: { env: sit } }`","properties":{"url":{"description":"Its address, without the path of its API.","type":"string","pattern":"^.{1,500}$","x-write":"an address such as `http://prometheus:9090`"},"labels":{"description":"Only alerts with all of these labels count. `{environment}` stands for the environment's name.","type":"object","maxProperties":20,"propertyNames":{"pattern":"^[a-zA-Z_][a-zA-Z0-9_]{0,99}$"},"x-write":"labels and values, for example `{ env: sit }`","additionalProperties":{"type":"string","pattern":"^.{1,200}$","x-write":"a text such as `sit`"}},"token":{"$ref":"#/$defs/alarmToken"}}},"alertmanager":{"description":"Alertmanager, asked for the alerts that fire; those that are silenced or inhibited are shown apart.","type":"object","additionalProperties":false,"required":["url"],"x-write":"for example `{ url: \"http://alertmanager:9093\", matchers: ['env=\"sit\"'] }`","properties":{"url":{"description":"Its address, without the path of its API.","type":"string","pattern":"^.{1,500}$","x-write":"an address such as `http://prometheus:9090`"},"matchers":{"description":"Only alerts that all of these fit count, as Alertmanager writes them. `{environment}` stands for the environment's name.","type":"array","maxItems":20,"x-write":"a list such as `['env=\"sit\"']`","items":{"type":"string","pattern":"^[a-zA-Z_][a-zA-Z0-9_]{0,99}\\s*(=|!=|=~|!~)\\s*.{1,200}$","x-write":"a matcher such as `env=\"sit\"`"}},"token":{"$ref":"#/$defs/alarmToken"}}},"alarmToken":{"description":"Where the control plane finds the bearer token: it is named here, never written.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"x-write":"for example `{ env: RUNG_ALARMS_TOKEN }`","properties":{"env":{"description":"A variable of the control plane's environment. Its name begins with `RUNG_ALARMS_`.","type":"string","pattern":"^RUNG_ALARMS_[A-Z0-9_]{1,80}$","x-write":"a name that begins with `RUNG_ALARMS_`, for example `RUNG_ALARMS_TOKEN`"},"file":{"description":"A file in `control/alarm-tokens` of the data folder, by its name alone.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$","x-write":"the name of a file, for example `prometheus`"}}}}};
const func1 = Object.prototype.hasOwnProperty;
const schema20 = {"description":"A name of lower case letters, digits and hyphens, starting with a letter, 40 characters at most.","type":"string","pattern":"^[a-z][a-z0-9-]{0,39}$","x-write":"lower case letters, digits and hyphens, starting with a letter, 40 at most"};
const pattern3 = new RegExp("^[a-z][a-z0-9-]{0,39}$", "u");

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern3.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9-]{0,39}$"},message:"must match pattern \""+"^[a-z][a-z0-9-]{0,39}$"+"\"",schema:"^[a-z][a-z0-9-]{0,39}$",parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema21 = {"description":"People who share a duty.","type":"object","additionalProperties":false,"required":["members"],"x-write":"for example `{ members: [ada@example.org], contact: \"#leads\" }`","properties":{"members":{"description":"E-mail addresses.","type":"array","minItems":1,"maxItems":500,"x-write":"a list of e-mail addresses, for example `[ada@example.org]`","items":{"type":"string","pattern":"^[^\\s@]{1,100}@[^\\s@]{1,100}$","x-write":"an e-mail address, for example `ada@example.org`"}},"contact":{"description":"Where to reach the role, for example a chat channel.","$ref":"#/$defs/text"},"on-call":{"description":"Who is called out of hours, or where that is written.","$ref":"#/$defs/text"},"availability":{"description":"When somebody answers, for example `Mon-Fri 9-17 UTC`.","$ref":"#/$defs/text"}}};
const pattern4 = new RegExp("^[^\\s@]{1,100}@[^\\s@]{1,100}$", "u");
const schema22 = {"description":"A line of text, 200 characters at most.","type":"string","pattern":"^.{1,200}$","x-write":"one line of text, 200 characters at most"};
const pattern5 = new RegExp("^.{1,200}$", "u");

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate57.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern5.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^.{1,200}$"},message:"must match pattern \""+"^.{1,200}$"+"\"",schema:"^.{1,200}$",parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate57.errors = vErrors;
return errors === 0;
}
validate57.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate56.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.members === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "members"},message:"must have required property '"+"members"+"'",schema:schema21.required,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "members") || (key0 === "contact")) || (key0 === "on-call")) || (key0 === "availability"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.members !== undefined){
let data0 = data.members;
if(Array.isArray(data0)){
if(data0.length > 500){
const err2 = {instancePath:instancePath+"/members",schemaPath:"#/properties/members/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items",schema:500,parentSchema:schema21.properties.members,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/members",schemaPath:"#/properties/members/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema21.properties.members,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err4 = {instancePath:instancePath+"/members/" + i0,schemaPath:"#/properties/members/items/pattern",keyword:"pattern",params:{pattern: "^[^\\s@]{1,100}@[^\\s@]{1,100}$"},message:"must match pattern \""+"^[^\\s@]{1,100}@[^\\s@]{1,100}$"+"\"",schema:"^[^\\s@]{1,100}@[^\\s@]{1,100}$",parentSchema:schema21.properties.members.items,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/members/" + i0,schemaPath:"#/properties/members/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.members.items.type,parentSchema:schema21.properties.members.items,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/members",schemaPath:"#/properties/members/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema21.properties.members.type,parentSchema:schema21.properties.members,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.contact !== undefined){
if(!(validate57(data.contact, {instancePath:instancePath+"/contact",parentData:data,parentDataProperty:"contact",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data["on-call"] !== undefined){
if(!(validate57(data["on-call"], {instancePath:instancePath+"/on-call",parentData:data,parentDataProperty:"on-call",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.availability !== undefined){
if(!(validate57(data.availability, {instancePath:instancePath+"/availability",parentData:data,parentDataProperty:"availability",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate56.errors = vErrors;
return errors === 0;
}
validate56.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema23 = {"description":"A program that is built, released and run.","type":"object","additionalProperties":false,"required":["run","health"],"x-write":"for example `{ path: services/web, run: [node, server.js], health: /healthz }`","properties":{"path":{"description":"The service's folder, relative to this file.","type":"string","pattern":"^.{1,500}$","x-write":"a folder beside this file, for example `services/web`","default":"."},"build":{"description":"Run by the builder in the service's folder of a clean checkout, before the artifact is packed. It sees no token and no variable of the builder's.","$ref":"#/$defs/command"},"run":{"description":"Starts the service in its unpacked artifact. The service listens on the port in `PORT` at the address in `HOST`, and ends on SIGTERM.","$ref":"#/$defs/command"},"health":{"description":"How to see that an instance is well: a path that answers 200 to 299, or the long form.","type":["string","object"],"x-write":"a path such as `/healthz`, or `{ path: /healthz, every: 1s }`","if":{"type":"object"},"then":{"$ref":"#/$defs/health"},"else":{"$ref":"#/$defs/urlPath"}},"smoke":{"description":"Tests of a new version before it gets traffic: a command, or the long form. It reads the version's address from `RUNG_SMOKE_URL`; exit code 0 is a pass.","type":["array","object"],"x-write":"a list such as `[node, smoke.js]`, or `{ run: [node, smoke.js], timeout: 60s }`","if":{"type":"object"},"then":{"$ref":"#/$defs/smoke"},"else":{"$ref":"#/$defs/command"}},"probe":{"description":"Requests that Rung sends itself, for a service with little traffic: a path, or the long form. They count as traffic and are marked.","type":["string","object"],"x-write":"a path such as `/`, or `{ path: /, per-second: 5 }`","if":{"type":"object"},"then":{"$ref":"#/$defs/probe"},"else":{"$ref":"#/$defs/urlPath"}},"instances":{"description":"How many processes of each version run.","type":"integer","minimum":1,"maximum":100,"default":1,"x-write":"a whole number from 1 to 100"},"stop-within":{"description":"How long an instance may take to end after SIGTERM, before SIGKILL.","$ref":"#/$defs/duration","default":"10s"}}};
const pattern6 = new RegExp("^.{1,500}$", "u");
const schema24 = {"description":"A program and its arguments, one list item each. No shell reads it.","type":"array","minItems":1,"maxItems":100,"x-write":"a list, for example `[node, server.js]`","items":{"type":"string","pattern":"^[^\\u0000]{1,4000}$","x-write":"text; put a number or true and false in quotes"}};
const pattern7 = new RegExp("^[^\\u0000]{1,4000}$", "u");

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate64.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length > 100){
const err0 = {instancePath,schemaPath:"#/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.length < 1){
const err1 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern7.test(data0)){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]{1,4000}$"},message:"must match pattern \""+"^[^\\u0000]{1,4000}$"+"\"",schema:"^[^\\u0000]{1,4000}$",parentSchema:schema24.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema24.items.type,parentSchema:schema24.items,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}
validate64.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema25 = {"description":"A health check.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"description":"Answers 200 to 299 when the instance is well.","$ref":"#/$defs/urlPath"},"every":{"description":"Time between two checks.","$ref":"#/$defs/duration","default":"1s"},"timeout":{"description":"A check without an answer for so long has failed.","$ref":"#/$defs/duration","default":"1s"},"start-within":{"description":"An instance that is not well so long after its start has failed to start.","$ref":"#/$defs/duration","default":"30s"}}};
const schema26 = {"description":"The path of a URL, starting with `/`.","type":"string","pattern":"^/[!-~]{0,500}$","x-write":"a path that starts with `/`, for example `/healthz`"};
const pattern8 = new RegExp("^/[!-~]{0,500}$", "u");

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate68.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern8.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^/[!-~]{0,500}$"},message:"must match pattern \""+"^/[!-~]{0,500}$"+"\"",schema:"^/[!-~]{0,500}$",parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}
validate68.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema27 = {"description":"A length of time: `500ms`, `30s`, `5m`, `24h` or `7d`.","type":"string","pattern":"^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$","x-write":"a number and a unit, for example `500ms`, `30s`, `5m`, `24h` or `7d`"};
const pattern9 = new RegExp("^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$", "u");

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate70.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern9.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$"},message:"must match pattern \""+"^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$"+"\"",schema:"^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$",parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema25.required,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "path") || (key0 === "every")) || (key0 === "timeout")) || (key0 === "start-within"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.path !== undefined){
if(!(validate68(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
}
if(data.every !== undefined){
if(!(validate70(data.every, {instancePath:instancePath+"/every",parentData:data,parentDataProperty:"every",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate70(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data["start-within"] !== undefined){
if(!(validate70(data["start-within"], {instancePath:instancePath+"/start-within",parentData:data,parentDataProperty:"start-within",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate67.errors = vErrors;
return errors === 0;
}
validate67.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema28 = {"description":"Smoke tests.","type":"object","additionalProperties":false,"required":["run"],"properties":{"run":{"description":"The command.","$ref":"#/$defs/command"},"timeout":{"description":"Tests that take longer have failed.","$ref":"#/$defs/duration","default":"60s"}}};

function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate76.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.run === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "run"},message:"must have required property '"+"run"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "run") || (key0 === "timeout"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.run !== undefined){
if(!(validate64(data.run, {instancePath:instancePath+"/run",parentData:data,parentDataProperty:"run",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate70(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate76.errors = vErrors;
return errors === 0;
}
validate76.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema29 = {"description":"Requests that Rung sends itself.","type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"description":"What is asked for, with GET.","$ref":"#/$defs/urlPath"},"per-second":{"description":"How many in a second, over both versions together.","type":"number","exclusiveMinimum":0,"maximum":100,"default":5,"x-write":"a number above 0, 100 at most"}}};

function validate81(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate81.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema29.required,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "per-second"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.path !== undefined){
if(!(validate68(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
}
if(data["per-second"] !== undefined){
let data1 = data["per-second"];
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 100 || isNaN(data1)){
const err2 = {instancePath:instancePath+"/per-second",schemaPath:"#/properties/per-second/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema29.properties["per-second"],data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data1 <= 0 || isNaN(data1)){
const err3 = {instancePath:instancePath+"/per-second",schemaPath:"#/properties/per-second/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema29.properties["per-second"],data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/per-second",schemaPath:"#/properties/per-second/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema29.properties["per-second"].type,parentSchema:schema29.properties["per-second"],data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema29.type,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate81.errors = vErrors;
return errors === 0;
}
validate81.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate63.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.run === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "run"},message:"must have required property '"+"run"+"'",schema:schema23.required,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.health === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "health"},message:"must have required property '"+"health"+"'",schema:schema23.required,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "path") || (key0 === "build")) || (key0 === "run")) || (key0 === "health")) || (key0 === "smoke")) || (key0 === "probe")) || (key0 === "instances")) || (key0 === "stop-within"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.path !== undefined){
let data0 = data.path;
if(typeof data0 === "string"){
if(!pattern6.test(data0)){
const err3 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/pattern",keyword:"pattern",params:{pattern: "^.{1,500}$"},message:"must match pattern \""+"^.{1,500}$"+"\"",schema:"^.{1,500}$",parentSchema:schema23.properties.path,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.properties.path.type,parentSchema:schema23.properties.path,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.build !== undefined){
if(!(validate64(data.build, {instancePath:instancePath+"/build",parentData:data,parentDataProperty:"build",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.run !== undefined){
if(!(validate64(data.run, {instancePath:instancePath+"/run",parentData:data,parentDataProperty:"run",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.health !== undefined){
let data3 = data.health;
if((typeof data3 !== "string") && (!(data3 && typeof data3 == "object" && !Array.isArray(data3)))){
const err5 = {instancePath:instancePath+"/health",schemaPath:"#/properties/health/type",keyword:"type",params:{type: schema23.properties.health.type},message:"must be string,object",schema:schema23.properties.health.type,parentSchema:schema23.properties.health,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const _errs8 = errors;
let valid1 = true;
const _errs9 = errors;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs11 = errors;
if(!(validate67(data3, {instancePath:instancePath+"/health",parentData:data,parentDataProperty:"health",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
var _valid0 = _errs11 === errors;
valid1 = _valid0;
ifClause0 = "then";
}
else {
const _errs12 = errors;
if(!(validate68(data3, {instancePath:instancePath+"/health",parentData:data,parentDataProperty:"health",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
var _valid0 = _errs12 === errors;
valid1 = _valid0;
ifClause0 = "else";
}
if(!valid1){
const err7 = {instancePath:instancePath+"/health",schemaPath:"#/properties/health/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema23.properties.health.if,parentSchema:schema23.properties.health,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.smoke !== undefined){
let data4 = data.smoke;
if(!data4 || typeof data4 != "object"){
const err8 = {instancePath:instancePath+"/smoke",schemaPath:"#/properties/smoke/type",keyword:"type",params:{type: schema23.properties.smoke.type},message:"must be array,object",schema:schema23.properties.smoke.type,parentSchema:schema23.properties.smoke,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const _errs15 = errors;
let valid2 = true;
const _errs16 = errors;
if(!(data4 && typeof data4 == "object" && !Array.isArray(data4))){
const err9 = {};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var _valid1 = _errs16 === errors;
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs18 = errors;
if(!(validate76(data4, {instancePath:instancePath+"/smoke",parentData:data,parentDataProperty:"smoke",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
var _valid1 = _errs18 === errors;
valid2 = _valid1;
ifClause1 = "then";
}
else {
const _errs19 = errors;
if(!(validate64(data4, {instancePath:instancePath+"/smoke",parentData:data,parentDataProperty:"smoke",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
var _valid1 = _errs19 === errors;
valid2 = _valid1;
ifClause1 = "else";
}
if(!valid2){
const err10 = {instancePath:instancePath+"/smoke",schemaPath:"#/properties/smoke/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema",schema:schema23.properties.smoke.if,parentSchema:schema23.properties.smoke,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.probe !== undefined){
let data5 = data.probe;
if((typeof data5 !== "string") && (!(data5 && typeof data5 == "object" && !Array.isArray(data5)))){
const err11 = {instancePath:instancePath+"/probe",schemaPath:"#/properties/probe/type",keyword:"type",params:{type: schema23.properties.probe.type},message:"must be string,object",schema:schema23.properties.probe.type,parentSchema:schema23.properties.probe,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const _errs22 = errors;
let valid3 = true;
const _errs23 = errors;
if(!(data5 && typeof data5 == "object" && !Array.isArray(data5))){
const err12 = {};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid2 = _errs23 === errors;
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
let ifClause2;
if(_valid2){
const _errs25 = errors;
if(!(validate81(data5, {instancePath:instancePath+"/probe",parentData:data,parentDataProperty:"probe",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate81.errors : vErrors.concat(validate81.errors);
errors = vErrors.length;
}
var _valid2 = _errs25 === errors;
valid3 = _valid2;
ifClause2 = "then";
}
else {
const _errs26 = errors;
if(!(validate68(data5, {instancePath:instancePath+"/probe",parentData:data,parentDataProperty:"probe",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
var _valid2 = _errs26 === errors;
valid3 = _valid2;
ifClause2 = "else";
}
if(!valid3){
const err13 = {instancePath:instancePath+"/probe",schemaPath:"#/properties/probe/if",keyword:"if",params:{failingKeyword: ifClause2},message:"must match \""+ifClause2+"\" schema",schema:schema23.properties.probe.if,parentSchema:schema23.properties.probe,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.instances !== undefined){
let data6 = data.instances;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err14 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema23.properties.instances.type,parentSchema:schema23.properties.instances,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 100 || isNaN(data6)){
const err15 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema23.properties.instances,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err16 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema23.properties.instances,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data["stop-within"] !== undefined){
if(!(validate70(data["stop-within"], {instancePath:instancePath+"/stop-within",parentData:data,parentDataProperty:"stop-within",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate63.errors = vErrors;
return errors === 0;
}
validate63.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema30 = {"description":"A place where releases run.","type":"object","additionalProperties":false,"required":["tier"],"x-write":"for example `{ tier: development, source: develop }`","properties":{"tier":{"description":"The class of environment.","type":"string","enum":["development","testing","staging","production","preview"]},"purpose":{"description":"What it is for. Filled from the tier when left out.","$ref":"#/$defs/text"},"owner":{"description":"The person or team that looks after it.","$ref":"#/$defs/text"},"source":{"description":"The branch, or a pattern such as `release/v*`, whose merges ask for this environment.","type":"string","pattern":"^[^\\s~^:?\\[\\\\]{1,200}$","x-write":"a branch such as `develop`, or a pattern such as `release/v*`"},"deploy":{"description":"How a release gets in: with a merge to `source` (`on-merge`), by itself as soon as everything allows it (`automatic`), or when a person asks (`manual`). A development environment with a source takes merges; every other waits for a person.","type":"string","enum":["on-merge","automatic","manual"]},"reset":{"description":"The environment is used again and again, and set back this often.","$ref":"#/$defs/duration"},"ttl":{"description":"The environment is removed when it is so old.","$ref":"#/$defs/duration"},"mirrors":{"description":"The environment whose shape this one copies.","$ref":"#/$defs/name"},"ports":{"description":"Fixed ports on this machine, by service, best below 32768: above, an outgoing connection may have taken it. A service that is not named gets a free one.","type":"object","additionalProperties":{"type":"integer","minimum":1,"maximum":65535,"x-write":"a port from 1 to 65535"}},"windows":{"description":"The only times in which a release may go in. Without any, it may at all times.","type":"array","minItems":1,"maxItems":50,"x-write":"a list such as `[\"Tue-Thu 09:00-16:00 Europe/London\"]`","items":{"type":"string","pattern":"^.{1,200}$","x-write":"days, hours and a time zone, for example `Tue-Thu 09:00-16:00 Europe/London`"}},"freezes":{"description":"Times in which nothing may go in, for example the days before a holiday.","type":"array","maxItems":100,"x-write":"a list, for example `- { from: \"2026-12-18 17:00\", to: \"2027-01-04 09:00\", zone: Europe/London, reason: Holidays }`","items":{"$ref":"#/$defs/freeze"}},"alarms":{"description":"Who is asked which alarms there are here.","$ref":"#/$defs/alarms"}}};
const schema31 = {"description":"A time in which nothing may go in: once (`from` and `to` with a year), or every year (`yearly`).","type":"object","additionalProperties":false,"required":["reason"],"x-write":"for example `{ yearly: \"12-20..01-02\", zone: Europe/London, reason: Holidays }`","properties":{"from":{"description":"Its first minute, as local time, for example `2026-12-18 17:00`.","type":"string","pattern":"^.{1,30}$","x-write":"a local time such as `2026-12-18 17:00`"},"to":{"description":"The minute in which it is over.","type":"string","pattern":"^.{1,30}$","x-write":"a local time such as `2027-01-04 09:00`"},"yearly":{"description":"First and last day of a freeze that comes every year, for example `12-20..01-02`.","type":"string","pattern":"^.{1,30}$","x-write":"two days such as `12-20..01-02`"},"zone":{"description":"The time zone of its times.","type":"string","pattern":"^.{1,64}$","default":"UTC","x-write":"a time zone such as `Europe/London`"},"reason":{"description":"Why, as people will read it.","$ref":"#/$defs/text"}}};
const pattern12 = new RegExp("^.{1,30}$", "u");
const pattern15 = new RegExp("^.{1,64}$", "u");

function validate94(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate94.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.reason === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "from") || (key0 === "to")) || (key0 === "yearly")) || (key0 === "zone")) || (key0 === "reason"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.from !== undefined){
let data0 = data.from;
if(typeof data0 === "string"){
if(!pattern12.test(data0)){
const err2 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/pattern",keyword:"pattern",params:{pattern: "^.{1,30}$"},message:"must match pattern \""+"^.{1,30}$"+"\"",schema:"^.{1,30}$",parentSchema:schema31.properties.from,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.from.type,parentSchema:schema31.properties.from,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.to !== undefined){
let data1 = data.to;
if(typeof data1 === "string"){
if(!pattern12.test(data1)){
const err4 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/pattern",keyword:"pattern",params:{pattern: "^.{1,30}$"},message:"must match pattern \""+"^.{1,30}$"+"\"",schema:"^.{1,30}$",parentSchema:schema31.properties.to,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.to.type,parentSchema:schema31.properties.to,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.yearly !== undefined){
let data2 = data.yearly;
if(typeof data2 === "string"){
if(!pattern12.test(data2)){
const err6 = {instancePath:instancePath+"/yearly",schemaPath:"#/properties/yearly/pattern",keyword:"pattern",params:{pattern: "^.{1,30}$"},message:"must match pattern \""+"^.{1,30}$"+"\"",schema:"^.{1,30}$",parentSchema:schema31.properties.yearly,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/yearly",schemaPath:"#/properties/yearly/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.yearly.type,parentSchema:schema31.properties.yearly,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.zone !== undefined){
let data3 = data.zone;
if(typeof data3 === "string"){
if(!pattern15.test(data3)){
const err8 = {instancePath:instancePath+"/zone",schemaPath:"#/properties/zone/pattern",keyword:"pattern",params:{pattern: "^.{1,64}$"},message:"must match pattern \""+"^.{1,64}$"+"\"",schema:"^.{1,64}$",parentSchema:schema31.properties.zone,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/zone",schemaPath:"#/properties/zone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.zone.type,parentSchema:schema31.properties.zone,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.reason !== undefined){
if(!(validate57(data.reason, {instancePath:instancePath+"/reason",parentData:data,parentDataProperty:"reason",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate94.errors = vErrors;
return errors === 0;
}
validate94.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema32 = {"description":"Who is asked which alarms there are.","type":"object","additionalProperties":false,"minProperties":1,"x-write":"for example `{ prometheus: { url: \"http://prometheus:9090\", labels: { env: sit } } }`","properties":{"prometheus":{"$ref":"#/$defs/prometheus"},"alertmanager":{"$ref":"#/$defs/alertmanager"}}};
const schema33 = {"description":"Prometheus, asked for the alerts that fire.","type":"object","additionalProperties":false,"required":["url"],"x-write":"for example `{ url: \"http://prometheus:9090\", labels: { env: sit } }`","properties":{"url":{"description":"Its address, without the path of its API.","type":"string","pattern":"^.{1,500}$","x-write":"an address such as `http://prometheus:9090`"},"labels":{"description":"Only alerts with all of these labels count. `{environment}` stands for the environment's name.","type":"object","maxProperties":20,"propertyNames":{"pattern":"^[a-zA-Z_][a-zA-Z0-9_]{0,99}$"},"x-write":"labels and values, for example `{ env: sit }`","additionalProperties":{"type":"string","pattern":"^.{1,200}$","x-write":"a text such as `sit`"}},"token":{"$ref":"#/$defs/alarmToken"}}};
const pattern17 = new RegExp("^[a-zA-Z_][a-zA-Z0-9_]{0,99}$", "u");
const schema34 = {"description":"Where the control plane finds the bearer token: it is named here, never written.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"x-write":"for example `{ env: RUNG_ALARMS_TOKEN }`","properties":{"env":{"description":"A variable of the control plane's environment. Its name begins with `RUNG_ALARMS_`.","type":"string","pattern":"^RUNG_ALARMS_[A-Z0-9_]{1,80}$","x-write":"a name that begins with `RUNG_ALARMS_`, for example `RUNG_ALARMS_TOKEN`"},"file":{"description":"A file in `control/alarm-tokens` of the data folder, by its name alone.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$","x-write":"the name of a file, for example `prometheus`"}}};
const pattern19 = new RegExp("^RUNG_ALARMS_[A-Z0-9_]{1,80}$", "u");
const pattern20 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$", "u");

function validate99(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate99.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "env") || (key0 === "file"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.env !== undefined){
let data0 = data.env;
if(typeof data0 === "string"){
if(!pattern19.test(data0)){
const err3 = {instancePath:instancePath+"/env",schemaPath:"#/properties/env/pattern",keyword:"pattern",params:{pattern: "^RUNG_ALARMS_[A-Z0-9_]{1,80}$"},message:"must match pattern \""+"^RUNG_ALARMS_[A-Z0-9_]{1,80}$"+"\"",schema:"^RUNG_ALARMS_[A-Z0-9_]{1,80}$",parentSchema:schema34.properties.env,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/env",schemaPath:"#/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.env.type,parentSchema:schema34.properties.env,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.file !== undefined){
let data1 = data.file;
if(typeof data1 === "string"){
if(!pattern20.test(data1)){
const err5 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$",parentSchema:schema34.properties.file,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.file.type,parentSchema:schema34.properties.file,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate99.errors = vErrors;
return errors === 0;
}
validate99.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate98(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate98.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.url === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "url") || (key0 === "labels")) || (key0 === "token"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.url !== undefined){
let data0 = data.url;
if(typeof data0 === "string"){
if(!pattern6.test(data0)){
const err2 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/pattern",keyword:"pattern",params:{pattern: "^.{1,500}$"},message:"must match pattern \""+"^.{1,500}$"+"\"",schema:"^.{1,500}$",parentSchema:schema33.properties.url,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.url.type,parentSchema:schema33.properties.url,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.labels !== undefined){
let data1 = data.labels;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(Object.keys(data1).length > 20){
const err4 = {instancePath:instancePath+"/labels",schemaPath:"#/properties/labels/maxProperties",keyword:"maxProperties",params:{limit: 20},message:"must NOT have more than 20 properties",schema:20,parentSchema:schema33.properties.labels,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data1){
const _errs6 = errors;
if(typeof key1 === "string"){
if(!pattern17.test(key1)){
const err5 = {instancePath:instancePath+"/labels",schemaPath:"#/properties/labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-zA-Z_][a-zA-Z0-9_]{0,99}$"},message:"must match pattern \""+"^[a-zA-Z_][a-zA-Z0-9_]{0,99}$"+"\"",schema:"^[a-zA-Z_][a-zA-Z0-9_]{0,99}$",parentSchema:schema33.properties.labels.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var valid1 = _errs6 === errors;
if(!valid1){
const err6 = {instancePath:instancePath+"/labels",schemaPath:"#/properties/labels/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema33.properties.labels.propertyNames,parentSchema:schema33.properties.labels,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
for(const key2 in data1){
let data2 = data1[key2];
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err7 = {instancePath:instancePath+"/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/labels/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^.{1,200}$"},message:"must match pattern \""+"^.{1,200}$"+"\"",schema:"^.{1,200}$",parentSchema:schema33.properties.labels.additionalProperties,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.labels.additionalProperties.type,parentSchema:schema33.properties.labels.additionalProperties,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/labels",schemaPath:"#/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.properties.labels.type,parentSchema:schema33.properties.labels,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.token !== undefined){
if(!(validate99(data.token, {instancePath:instancePath+"/token",parentData:data,parentDataProperty:"token",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate98.errors = vErrors;
return errors === 0;
}
validate98.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema35 = {"description":"Alertmanager, asked for the alerts that fire; those that are silenced or inhibited are shown apart.","type":"object","additionalProperties":false,"required":["url"],"x-write":"for example `{ url: \"http://alertmanager:9093\", matchers: ['env=\"sit\"'] }`","properties":{"url":{"description":"Its address, without the path of its API.","type":"string","pattern":"^.{1,500}$","x-write":"an address such as `http://prometheus:9090`"},"matchers":{"description":"Only alerts that all of these fit count, as Alertmanager writes them. `{environment}` stands for the environment's name.","type":"array","maxItems":20,"x-write":"a list such as `['env=\"sit\"']`","items":{"type":"string","pattern":"^[a-zA-Z_][a-zA-Z0-9_]{0,99}\\s*(=|!=|=~|!~)\\s*.{1,200}$","x-write":"a matcher such as `env=\"sit\"`"}},"token":{"$ref":"#/$defs/alarmToken"}}};
const pattern22 = new RegExp("^[a-zA-Z_][a-zA-Z0-9_]{0,99}\\s*(=|!=|=~|!~)\\s*.{1,200}$", "u");

function validate102(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate102.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.url === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema35.required,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "url") || (key0 === "matchers")) || (key0 === "token"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.url !== undefined){
let data0 = data.url;
if(typeof data0 === "string"){
if(!pattern6.test(data0)){
const err2 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/pattern",keyword:"pattern",params:{pattern: "^.{1,500}$"},message:"must match pattern \""+"^.{1,500}$"+"\"",schema:"^.{1,500}$",parentSchema:schema35.properties.url,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.url.type,parentSchema:schema35.properties.url,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.matchers !== undefined){
let data1 = data.matchers;
if(Array.isArray(data1)){
if(data1.length > 20){
const err4 = {instancePath:instancePath+"/matchers",schemaPath:"#/properties/matchers/maxItems",keyword:"maxItems",params:{limit: 20},message:"must NOT have more than 20 items",schema:20,parentSchema:schema35.properties.matchers,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(!pattern22.test(data2)){
const err5 = {instancePath:instancePath+"/matchers/" + i0,schemaPath:"#/properties/matchers/items/pattern",keyword:"pattern",params:{pattern: "^[a-zA-Z_][a-zA-Z0-9_]{0,99}\\s*(=|!=|=~|!~)\\s*.{1,200}$"},message:"must match pattern \""+"^[a-zA-Z_][a-zA-Z0-9_]{0,99}\\s*(=|!=|=~|!~)\\s*.{1,200}$"+"\"",schema:"^[a-zA-Z_][a-zA-Z0-9_]{0,99}\\s*(=|!=|=~|!~)\\s*.{1,200}$",parentSchema:schema35.properties.matchers.items,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/matchers/" + i0,schemaPath:"#/properties/matchers/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.matchers.items.type,parentSchema:schema35.properties.matchers.items,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/matchers",schemaPath:"#/properties/matchers/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.properties.matchers.type,parentSchema:schema35.properties.matchers,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.token !== undefined){
if(!(validate99(data.token, {instancePath:instancePath+"/token",parentData:data,parentDataProperty:"token",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate102.errors = vErrors;
return errors === 0;
}
validate102.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate97.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "prometheus") || (key0 === "alertmanager"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.prometheus !== undefined){
if(!(validate98(data.prometheus, {instancePath:instancePath+"/prometheus",parentData:data,parentDataProperty:"prometheus",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
if(data.alertmanager !== undefined){
if(!(validate102(data.alertmanager, {instancePath:instancePath+"/alertmanager",parentData:data,parentDataProperty:"alertmanager",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate97.errors = vErrors;
return errors === 0;
}
validate97.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern10 = new RegExp("^[^\\s~^:?\\[\\\\]{1,200}$", "u");

function validate88(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate88.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.tier === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "tier"},message:"must have required property '"+"tier"+"'",schema:schema30.required,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema30.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.tier !== undefined){
let data0 = data.tier;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/tier",schemaPath:"#/properties/tier/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.tier.type,parentSchema:schema30.properties.tier,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(((((data0 === "development") || (data0 === "testing")) || (data0 === "staging")) || (data0 === "production")) || (data0 === "preview"))){
const err3 = {instancePath:instancePath+"/tier",schemaPath:"#/properties/tier/enum",keyword:"enum",params:{allowedValues: schema30.properties.tier.enum},message:"must be equal to one of the allowed values",schema:schema30.properties.tier.enum,parentSchema:schema30.properties.tier,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.purpose !== undefined){
if(!(validate57(data.purpose, {instancePath:instancePath+"/purpose",parentData:data,parentDataProperty:"purpose",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.owner !== undefined){
if(!(validate57(data.owner, {instancePath:instancePath+"/owner",parentData:data,parentDataProperty:"owner",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.source !== undefined){
let data3 = data.source;
if(typeof data3 === "string"){
if(!pattern10.test(data3)){
const err4 = {instancePath:instancePath+"/source",schemaPath:"#/properties/source/pattern",keyword:"pattern",params:{pattern: "^[^\\s~^:?\\[\\\\]{1,200}$"},message:"must match pattern \""+"^[^\\s~^:?\\[\\\\]{1,200}$"+"\"",schema:"^[^\\s~^:?\\[\\\\]{1,200}$",parentSchema:schema30.properties.source,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.source.type,parentSchema:schema30.properties.source,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.deploy !== undefined){
let data4 = data.deploy;
if(typeof data4 !== "string"){
const err6 = {instancePath:instancePath+"/deploy",schemaPath:"#/properties/deploy/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.deploy.type,parentSchema:schema30.properties.deploy,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!(((data4 === "on-merge") || (data4 === "automatic")) || (data4 === "manual"))){
const err7 = {instancePath:instancePath+"/deploy",schemaPath:"#/properties/deploy/enum",keyword:"enum",params:{allowedValues: schema30.properties.deploy.enum},message:"must be equal to one of the allowed values",schema:schema30.properties.deploy.enum,parentSchema:schema30.properties.deploy,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.reset !== undefined){
if(!(validate70(data.reset, {instancePath:instancePath+"/reset",parentData:data,parentDataProperty:"reset",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.ttl !== undefined){
if(!(validate70(data.ttl, {instancePath:instancePath+"/ttl",parentData:data,parentDataProperty:"ttl",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.mirrors !== undefined){
if(!(validate53(data.mirrors, {instancePath:instancePath+"/mirrors",parentData:data,parentDataProperty:"mirrors",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.ports !== undefined){
let data8 = data.ports;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
let data9 = data8[key1];
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err8 = {instancePath:instancePath+"/ports/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/ports/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema30.properties.ports.additionalProperties.type,parentSchema:schema30.properties.ports.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 65535 || isNaN(data9)){
const err9 = {instancePath:instancePath+"/ports/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/ports/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema30.properties.ports.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data9 < 1 || isNaN(data9)){
const err10 = {instancePath:instancePath+"/ports/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/ports/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema30.properties.ports.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
else {
const err11 = {instancePath:instancePath+"/ports",schemaPath:"#/properties/ports/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema30.properties.ports.type,parentSchema:schema30.properties.ports,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.windows !== undefined){
let data10 = data.windows;
if(Array.isArray(data10)){
if(data10.length > 50){
const err12 = {instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema30.properties.windows,data:data10};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data10.length < 1){
const err13 = {instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema30.properties.windows,data:data10};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(typeof data11 === "string"){
if(!pattern5.test(data11)){
const err14 = {instancePath:instancePath+"/windows/" + i0,schemaPath:"#/properties/windows/items/pattern",keyword:"pattern",params:{pattern: "^.{1,200}$"},message:"must match pattern \""+"^.{1,200}$"+"\"",schema:"^.{1,200}$",parentSchema:schema30.properties.windows.items,data:data11};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/windows/" + i0,schemaPath:"#/properties/windows/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema30.properties.windows.items.type,parentSchema:schema30.properties.windows.items,data:data11};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema30.properties.windows.type,parentSchema:schema30.properties.windows,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.freezes !== undefined){
let data12 = data.freezes;
if(Array.isArray(data12)){
if(data12.length > 100){
const err17 = {instancePath:instancePath+"/freezes",schemaPath:"#/properties/freezes/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema30.properties.freezes,data:data12};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
if(!(validate94(data12[i1], {instancePath:instancePath+"/freezes/" + i1,parentData:data12,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/freezes",schemaPath:"#/properties/freezes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema30.properties.freezes.type,parentSchema:schema30.properties.freezes,data:data12};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.alarms !== undefined){
if(!(validate97(data.alarms, {instancePath:instancePath+"/alarms",parentData:data,parentDataProperty:"alarms",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema30.type,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate88.errors = vErrors;
return errors === 0;
}
validate88.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema36 = {"description":"One rung of a pipeline.","type":"object","additionalProperties":false,"required":["environment"],"x-write":"for example `environment: prod`","properties":{"environment":{"description":"The environment of this rung.","$ref":"#/$defs/name"},"gates":{"description":"What has to be true of the release in the environment before this one.","type":"array","maxItems":20,"x-write":"a list, for example `[smoke, { soak: 24h }]`","items":{"$ref":"#/$defs/gate"}},"approvals":{"$ref":"#/$defs/approvals"},"rollout":{"$ref":"#/$defs/rollout"},"waive":{"description":"Who may let a gate of this step pass without what it asks for, with a reason. Nobody, unless named.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"emergency":{"$ref":"#/$defs/emergency"}}};
const schema37 = {"description":"Something that has to be true: a word such as `smoke` or `tests`, or one key with its settings such as `{ soak: 24h }`.","type":["string","object"],"x-write":"a word such as `tests`, or one key with its settings such as `{ soak: 24h }`","if":{"type":"object"},"then":{"$ref":"#/$defs/gateForm"},"else":{"enum":["smoke","validation","tests","coverage","review","scan","stability","alarms","uat","change-request","rollback-plan","bugs"]}};
const schema38 = {"description":"A gate with settings: exactly one of these keys.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"x-write":"one key, for example `{ soak: 24h }`; two gates are two items of the list","properties":{"soak":{"description":"How long the release must have run in the environment before this one.","$ref":"#/$defs/duration"},"tests":{"description":"Test results (JUnit XML) in which nothing failed. As a list: the suites that have to be there, by the name they are given in.","type":"array","minItems":1,"maxItems":20,"x-write":"names of suites, for example `[unit, integration]`","items":{"$ref":"#/$defs/name"}},"coverage":{"description":"Share of the lines that the tests run through (lcov or Cobertura), for example `> 80 %`.","type":["string","number"],"pattern":"^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$","x-write":"a limit such as `\"> 80\"`"},"review":{"description":"How many people must have approved the change itself, beside its author.","type":"integer","minimum":1,"maximum":20,"x-write":"a whole number from 1 to 20"},"scan":{"description":"Findings of security scans (SARIF) that must not be there, by severity.","type":"array","minItems":1,"x-write":"severities, for example `[critical, high]`","items":{"enum":["critical","high","medium","low"]}},"stability":{"$ref":"#/$defs/stability"},"uat":{"description":"Whose acceptance counts.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"change-request":{"description":"Who approves the change request.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"rollback-plan":{"description":"Who has to have read the plan.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"checklist":{"$ref":"#/$defs/checklist"},"bugs":{"description":"How many blocking bugs there may be at the most.","type":"integer","minimum":0,"maximum":10000,"x-write":"a whole number, for example `0`"},"rule":{"$ref":"#/$defs/rule"},"webhook":{"$ref":"#/$defs/webhook"}}};
const schema39 = {"description":"The environment before this one was calm: nothing was taken back there, no alarm fired, and few requests failed.","type":"object","additionalProperties":false,"x-write":"for example `{ for: 24h, errors: \"< 1%\" }`","properties":{"for":{"description":"Over how long.","$ref":"#/$defs/duration","default":"24h"},"errors":{"description":"The share of requests that may fail.","type":["string","number"],"pattern":"^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$","x-write":"a limit such as `\"< 1%\"`","default":"< 1%"}}};
const pattern23 = new RegExp("^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$", "u");

function validate114(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate114.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "for") || (key0 === "errors"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.for !== undefined){
if(!(validate70(data.for, {instancePath:instancePath+"/for",parentData:data,parentDataProperty:"for",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.errors !== undefined){
let data1 = data.errors;
if((typeof data1 !== "string") && (!((typeof data1 == "number") && (isFinite(data1))))){
const err1 = {instancePath:instancePath+"/errors",schemaPath:"#/properties/errors/type",keyword:"type",params:{type: schema39.properties.errors.type},message:"must be string,number",schema:schema39.properties.errors.type,parentSchema:schema39.properties.errors,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(typeof data1 === "string"){
if(!pattern23.test(data1)){
const err2 = {instancePath:instancePath+"/errors",schemaPath:"#/properties/errors/pattern",keyword:"pattern",params:{pattern: "^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$"},message:"must match pattern \""+"^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$"+"\"",schema:"^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$",parentSchema:schema39.properties.errors,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate114.errors = vErrors;
return errors === 0;
}
validate114.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema40 = {"description":"Things that people tick off, each by name.","type":"object","additionalProperties":false,"required":["name","items"],"x-write":"for example `{ name: go-live, items: [On-call engineer assigned] }`","properties":{"name":{"description":"The checklist's name.","$ref":"#/$defs/name"},"items":{"description":"What has to be ticked off.","type":"array","minItems":1,"maxItems":100,"x-write":"a list of sentences","items":{"$ref":"#/$defs/text"}},"from":{"description":"Who may tick off; every member unless named.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}}}};

function validate120(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate120.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema40.required,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.items === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "items"},message:"must have required property '"+"items"+"'",schema:schema40.required,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "name") || (key0 === "items")) || (key0 === "from"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
if(!(validate53(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.items !== undefined){
let data1 = data.items;
if(Array.isArray(data1)){
if(data1.length > 100){
const err3 = {instancePath:instancePath+"/items",schemaPath:"#/properties/items/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema40.properties.items,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/items",schemaPath:"#/properties/items/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema40.properties.items,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate57(data1[i0], {instancePath:instancePath+"/items/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/items",schemaPath:"#/properties/items/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema40.properties.items.type,parentSchema:schema40.properties.items,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.from !== undefined){
let data3 = data.from;
if(Array.isArray(data3)){
if(data3.length > 50){
const err6 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema40.properties.from,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data3.length < 1){
const err7 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema40.properties.from,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
if(!(validate53(data3[i1], {instancePath:instancePath+"/from/" + i1,parentData:data3,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema40.properties.from.type,parentSchema:schema40.properties.from,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.type,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate120.errors = vErrors;
return errors === 0;
}
validate120.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema41 = {"description":"A gate of your own, as a CEL expression over the release, its evidence and the environments.","type":"object","additionalProperties":false,"required":["name","when"],"x-write":"for example `{ name: small, when: \"size(release.services) < 3\", otherwise: Promote fewer services at once. }`","properties":{"name":{"description":"The gate's name.","$ref":"#/$defs/name"},"when":{"description":"The expression. The gate opens when it is true.","type":"string","pattern":"^[^\\u0000]{1,2000}$","x-write":"a CEL expression that is true or false"},"otherwise":{"description":"What a person should do while it is false.","$ref":"#/$defs/text"}}};
const pattern25 = new RegExp("^[^\\u0000]{1,2000}$", "u");

function validate125(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate125.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema41.required,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.when === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "when"},message:"must have required property '"+"when"+"'",schema:schema41.required,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "name") || (key0 === "when")) || (key0 === "otherwise"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
if(!(validate53(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.when !== undefined){
let data1 = data.when;
if(typeof data1 === "string"){
if(!pattern25.test(data1)){
const err3 = {instancePath:instancePath+"/when",schemaPath:"#/properties/when/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]{1,2000}$"},message:"must match pattern \""+"^[^\\u0000]{1,2000}$"+"\"",schema:"^[^\\u0000]{1,2000}$",parentSchema:schema41.properties.when,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/when",schemaPath:"#/properties/when/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.when.type,parentSchema:schema41.properties.when,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.otherwise !== undefined){
if(!(validate57(data.otherwise, {instancePath:instancePath+"/otherwise",parentData:data,parentDataProperty:"otherwise",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate125.errors = vErrors;
return errors === 0;
}
validate125.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema42 = {"description":"A gate of your own, answered by a program of yours: it is asked by a signed POST and answers with a verdict.","type":"object","additionalProperties":false,"required":["name","url"],"x-write":"for example `{ name: licence-check, url: \"https://checks.example.org/licence\" }`","properties":{"name":{"description":"The gate's name.","$ref":"#/$defs/name"},"url":{"description":"Where it is asked. `https`, or `http` on this machine.","type":"string","pattern":"^https?://[^\\s]{1,2000}$","x-write":"an address such as `https://checks.example.org/licence`"},"timeout":{"description":"How long it may take to answer, a later answer by callback included.","$ref":"#/$defs/duration","default":"30s"}}};
const pattern26 = new RegExp("^https?://[^\\s]{1,2000}$", "u");

function validate129(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate129.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "name") || (key0 === "url")) || (key0 === "timeout"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
if(!(validate53(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.url !== undefined){
let data1 = data.url;
if(typeof data1 === "string"){
if(!pattern26.test(data1)){
const err3 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s]{1,2000}$"},message:"must match pattern \""+"^https?://[^\\s]{1,2000}$"+"\"",schema:"^https?://[^\\s]{1,2000}$",parentSchema:schema42.properties.url,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.url.type,parentSchema:schema42.properties.url,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.timeout !== undefined){
if(!(validate70(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate129.errors = vErrors;
return errors === 0;
}
validate129.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate111(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate111.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema38.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.soak !== undefined){
if(!(validate70(data.soak, {instancePath:instancePath+"/soak",parentData:data,parentDataProperty:"soak",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.tests !== undefined){
let data1 = data.tests;
if(Array.isArray(data1)){
if(data1.length > 20){
const err3 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/maxItems",keyword:"maxItems",params:{limit: 20},message:"must NOT have more than 20 items",schema:20,parentSchema:schema38.properties.tests,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema38.properties.tests,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate53(data1[i0], {instancePath:instancePath+"/tests/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties.tests.type,parentSchema:schema38.properties.tests,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.coverage !== undefined){
let data3 = data.coverage;
if((typeof data3 !== "string") && (!((typeof data3 == "number") && (isFinite(data3))))){
const err6 = {instancePath:instancePath+"/coverage",schemaPath:"#/properties/coverage/type",keyword:"type",params:{type: schema38.properties.coverage.type},message:"must be string,number",schema:schema38.properties.coverage.type,parentSchema:schema38.properties.coverage,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data3 === "string"){
if(!pattern23.test(data3)){
const err7 = {instancePath:instancePath+"/coverage",schemaPath:"#/properties/coverage/pattern",keyword:"pattern",params:{pattern: "^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$"},message:"must match pattern \""+"^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$"+"\"",schema:"^\\s*[<>]=?\\s*\\d{1,3}(\\.\\d{1,4})?\\s*%?\\s*$",parentSchema:schema38.properties.coverage,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data.review !== undefined){
let data4 = data.review;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err8 = {instancePath:instancePath+"/review",schemaPath:"#/properties/review/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema38.properties.review.type,parentSchema:schema38.properties.review,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 20 || isNaN(data4)){
const err9 = {instancePath:instancePath+"/review",schemaPath:"#/properties/review/maximum",keyword:"maximum",params:{comparison: "<=", limit: 20},message:"must be <= 20",schema:20,parentSchema:schema38.properties.review,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err10 = {instancePath:instancePath+"/review",schemaPath:"#/properties/review/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema38.properties.review,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.scan !== undefined){
let data5 = data.scan;
if(Array.isArray(data5)){
if(data5.length < 1){
const err11 = {instancePath:instancePath+"/scan",schemaPath:"#/properties/scan/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema38.properties.scan,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(!((((data6 === "critical") || (data6 === "high")) || (data6 === "medium")) || (data6 === "low"))){
const err12 = {instancePath:instancePath+"/scan/" + i1,schemaPath:"#/properties/scan/items/enum",keyword:"enum",params:{allowedValues: schema38.properties.scan.items.enum},message:"must be equal to one of the allowed values",schema:schema38.properties.scan.items.enum,parentSchema:schema38.properties.scan.items,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/scan",schemaPath:"#/properties/scan/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties.scan.type,parentSchema:schema38.properties.scan,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.stability !== undefined){
if(!(validate114(data.stability, {instancePath:instancePath+"/stability",parentData:data,parentDataProperty:"stability",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate114.errors : vErrors.concat(validate114.errors);
errors = vErrors.length;
}
}
if(data.uat !== undefined){
let data8 = data.uat;
if(Array.isArray(data8)){
if(data8.length > 50){
const err14 = {instancePath:instancePath+"/uat",schemaPath:"#/properties/uat/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema38.properties.uat,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data8.length < 1){
const err15 = {instancePath:instancePath+"/uat",schemaPath:"#/properties/uat/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema38.properties.uat,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
if(!(validate53(data8[i2], {instancePath:instancePath+"/uat/" + i2,parentData:data8,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/uat",schemaPath:"#/properties/uat/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties.uat.type,parentSchema:schema38.properties.uat,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data["change-request"] !== undefined){
let data10 = data["change-request"];
if(Array.isArray(data10)){
if(data10.length > 50){
const err17 = {instancePath:instancePath+"/change-request",schemaPath:"#/properties/change-request/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema38.properties["change-request"],data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data10.length < 1){
const err18 = {instancePath:instancePath+"/change-request",schemaPath:"#/properties/change-request/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema38.properties["change-request"],data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
const len3 = data10.length;
for(let i3=0; i3<len3; i3++){
if(!(validate53(data10[i3], {instancePath:instancePath+"/change-request/" + i3,parentData:data10,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/change-request",schemaPath:"#/properties/change-request/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties["change-request"].type,parentSchema:schema38.properties["change-request"],data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data["rollback-plan"] !== undefined){
let data12 = data["rollback-plan"];
if(Array.isArray(data12)){
if(data12.length > 50){
const err20 = {instancePath:instancePath+"/rollback-plan",schemaPath:"#/properties/rollback-plan/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema38.properties["rollback-plan"],data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data12.length < 1){
const err21 = {instancePath:instancePath+"/rollback-plan",schemaPath:"#/properties/rollback-plan/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema38.properties["rollback-plan"],data:data12};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len4 = data12.length;
for(let i4=0; i4<len4; i4++){
if(!(validate53(data12[i4], {instancePath:instancePath+"/rollback-plan/" + i4,parentData:data12,parentDataProperty:i4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err22 = {instancePath:instancePath+"/rollback-plan",schemaPath:"#/properties/rollback-plan/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties["rollback-plan"].type,parentSchema:schema38.properties["rollback-plan"],data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.checklist !== undefined){
if(!(validate120(data.checklist, {instancePath:instancePath+"/checklist",parentData:data,parentDataProperty:"checklist",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate120.errors : vErrors.concat(validate120.errors);
errors = vErrors.length;
}
}
if(data.bugs !== undefined){
let data15 = data.bugs;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err23 = {instancePath:instancePath+"/bugs",schemaPath:"#/properties/bugs/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema38.properties.bugs.type,parentSchema:schema38.properties.bugs,data:data15};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 10000 || isNaN(data15)){
const err24 = {instancePath:instancePath+"/bugs",schemaPath:"#/properties/bugs/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema38.properties.bugs,data:data15};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data15 < 0 || isNaN(data15)){
const err25 = {instancePath:instancePath+"/bugs",schemaPath:"#/properties/bugs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema38.properties.bugs,data:data15};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data.rule !== undefined){
if(!(validate125(data.rule, {instancePath:instancePath+"/rule",parentData:data,parentDataProperty:"rule",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate125.errors : vErrors.concat(validate125.errors);
errors = vErrors.length;
}
}
if(data.webhook !== undefined){
if(!(validate129(data.webhook, {instancePath:instancePath+"/webhook",parentData:data,parentDataProperty:"webhook",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate129.errors : vErrors.concat(validate129.errors);
errors = vErrors.length;
}
}
}
else {
const err26 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate111.errors = vErrors;
return errors === 0;
}
validate111.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate110.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema37.type},message:"must be string,object",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(!(validate111(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
if(valid0){
var props0 = true;
}
ifClause0 = "then";
}
else {
const _errs5 = errors;
if(!((((((((((((data === "smoke") || (data === "validation")) || (data === "tests")) || (data === "coverage")) || (data === "review")) || (data === "scan")) || (data === "stability")) || (data === "alarms")) || (data === "uat")) || (data === "change-request")) || (data === "rollback-plan")) || (data === "bugs"))){
const err2 = {instancePath,schemaPath:"#/else/enum",keyword:"enum",params:{allowedValues: schema37.else.enum},message:"must be equal to one of the allowed values",schema:schema37.else.enum,parentSchema:schema37.else,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema37.if,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate110.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate110.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema43 = {"description":"Which people have to agree before a release enters. One person never counts twice.","type":"object","additionalProperties":false,"required":["from"],"x-write":"for example `{ count: 2, from: [engineering-lead, qa-lead] }`","properties":{"count":{"description":"How many different people.","type":"integer","minimum":1,"maximum":50,"default":1,"x-write":"a whole number from 1 to 50"},"from":{"description":"Roles whose members may approve.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"distinct-roles":{"description":"How many different roles the approvals must have between them.","type":"integer","minimum":1,"maximum":50,"default":1,"x-write":"a whole number from 1 to 50"},"not-requester":{"description":"Whether who asked for the promotion may not approve it. True for a production environment, unless said otherwise.","type":"boolean","x-write":"`true` or `false`"},"expire":{"description":"An approval is void when it is so old.","$ref":"#/$defs/duration","default":"24h"}}};

function validate135(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate135.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.from === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema43.required,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "count") || (key0 === "from")) || (key0 === "distinct-roles")) || (key0 === "not-requester")) || (key0 === "expire"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.count !== undefined){
let data0 = data.count;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.properties.count.type,parentSchema:schema43.properties.count,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 50 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 50},message:"must be <= 50",schema:50,parentSchema:schema43.properties.count,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err4 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema43.properties.count,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.from !== undefined){
let data1 = data.from;
if(Array.isArray(data1)){
if(data1.length > 50){
const err5 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema43.properties.from,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema43.properties.from,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate53(data1[i0], {instancePath:instancePath+"/from/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.from.type,parentSchema:schema43.properties.from,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data["distinct-roles"] !== undefined){
let data3 = data["distinct-roles"];
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err8 = {instancePath:instancePath+"/distinct-roles",schemaPath:"#/properties/distinct-roles/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.properties["distinct-roles"].type,parentSchema:schema43.properties["distinct-roles"],data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 50 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/distinct-roles",schemaPath:"#/properties/distinct-roles/maximum",keyword:"maximum",params:{comparison: "<=", limit: 50},message:"must be <= 50",schema:50,parentSchema:schema43.properties["distinct-roles"],data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/distinct-roles",schemaPath:"#/properties/distinct-roles/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema43.properties["distinct-roles"],data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data["not-requester"] !== undefined){
let data4 = data["not-requester"];
if(typeof data4 !== "boolean"){
const err11 = {instancePath:instancePath+"/not-requester",schemaPath:"#/properties/not-requester/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema43.properties["not-requester"].type,parentSchema:schema43.properties["not-requester"],data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.expire !== undefined){
if(!(validate70(data.expire, {instancePath:instancePath+"/expire",parentData:data,parentDataProperty:"expire",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.type,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate135.errors = vErrors;
return errors === 0;
}
validate135.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema44 = {"description":"How a release takes over in steps. Without it, all at once, behind health and smoke tests.","type":"object","additionalProperties":false,"required":["canary"],"x-write":"for example `{ canary: [{ percent: 10, for: 5m }, { percent: 100 }] }`","properties":{"canary":{"description":"Shares of the traffic, rising. The last is 100.","type":"array","minItems":1,"maxItems":20,"x-write":"a list, for example `[{ percent: 10, for: 5m }, { percent: 100 }]`","items":{"$ref":"#/$defs/canaryStep"}},"watch":{"description":"How long the rules stay armed at 100 %, with the old version kept warm.","$ref":"#/$defs/duration","default":"2h"},"rollback":{"description":"What takes the release back without a person. Failing health always does.","type":"array","maxItems":10,"x-write":"a list, for example `[{ errors: \"> 5%\", for: 2m }, { health: failing }]`","items":{"$ref":"#/$defs/rollbackRule"}},"ask":{"description":"What stops the rollout and asks a person.","type":"array","maxItems":10,"x-write":"a list, for example `[{ p95: \"> 3x baseline\" }]`","items":{"$ref":"#/$defs/askRule"}},"lease":{"description":"How long the gateway keeps the new version's share when nobody judges it any more.","$ref":"#/$defs/duration","default":"30s"},"drain":{"description":"From a version's share going to nothing to its instances being stopped.","$ref":"#/$defs/duration","default":"30s"}}};
const schema45 = {"description":"A share of the traffic and how long it has to go well.","type":"object","additionalProperties":false,"required":["percent"],"x-write":"for example `{ percent: 10, for: 5m }`","properties":{"percent":{"description":"Share of requests for the new version.","type":"number","exclusiveMinimum":0,"maximum":100,"x-write":"a number above 0, 100 at most"},"for":{"description":"Time at this share with evidence. Needed on every step but the last.","$ref":"#/$defs/duration"},"maximum":{"description":"A step that takes longer is held for want of evidence. Six times `for`, unless said otherwise.","$ref":"#/$defs/duration"}}};

function validate140(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate140.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.percent === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "percent"},message:"must have required property '"+"percent"+"'",schema:schema45.required,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "percent") || (key0 === "for")) || (key0 === "maximum"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.percent !== undefined){
let data0 = data.percent;
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema45.properties.percent,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 <= 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema45.properties.percent,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/percent",schemaPath:"#/properties/percent/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema45.properties.percent.type,parentSchema:schema45.properties.percent,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.for !== undefined){
if(!(validate70(data.for, {instancePath:instancePath+"/for",parentData:data,parentDataProperty:"for",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.maximum !== undefined){
if(!(validate70(data.maximum, {instancePath:instancePath+"/maximum",parentData:data,parentDataProperty:"maximum",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.type,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate140.errors = vErrors;
return errors === 0;
}
validate140.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema46 = {"description":"`{ errors: \"> 5%\", for: 2m }`: the share of failed requests is over the limit for so long. `{ health: failing }`: an instance of the new version dies or fails its checks; this one is always armed.","type":"object","additionalProperties":false,"minProperties":1,"x-write":"`{ errors: \"> 5%\", for: 2m }` or `{ health: failing }`","properties":{"errors":{"description":"The highest share of failed requests that is still good.","type":"string","pattern":"^> ?[0-9]{1,2}([.][0-9]{1,4})? ?%$","x-write":"`\"> 5%\"`, in quotes, with a figure below 100"},"for":{"description":"How long it has to be over the limit.","$ref":"#/$defs/duration","default":"2m"},"health":{"description":"Only `failing` can be written.","enum":["failing"]}}};
const pattern27 = new RegExp("^> ?[0-9]{1,2}([.][0-9]{1,4})? ?%$", "u");

function validate145(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate145.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "errors") || (key0 === "for")) || (key0 === "health"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.errors !== undefined){
let data0 = data.errors;
if(typeof data0 === "string"){
if(!pattern27.test(data0)){
const err2 = {instancePath:instancePath+"/errors",schemaPath:"#/properties/errors/pattern",keyword:"pattern",params:{pattern: "^> ?[0-9]{1,2}([.][0-9]{1,4})? ?%$"},message:"must match pattern \""+"^> ?[0-9]{1,2}([.][0-9]{1,4})? ?%$"+"\"",schema:"^> ?[0-9]{1,2}([.][0-9]{1,4})? ?%$",parentSchema:schema46.properties.errors,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/errors",schemaPath:"#/properties/errors/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.errors.type,parentSchema:schema46.properties.errors,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.for !== undefined){
if(!(validate70(data.for, {instancePath:instancePath+"/for",parentData:data,parentDataProperty:"for",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.health !== undefined){
let data2 = data.health;
if(!(data2 === "failing")){
const err4 = {instancePath:instancePath+"/health",schemaPath:"#/properties/health/enum",keyword:"enum",params:{allowedValues: schema46.properties.health.enum},message:"must be equal to one of the allowed values",schema:schema46.properties.health.enum,parentSchema:schema46.properties.health,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.type,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate145.errors = vErrors;
return errors === 0;
}
validate145.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema47 = {"description":"`{ p95: \"> 3x baseline\" }`: 95 of 100 requests used to be answered within a time, and now that takes so many times longer.","type":"object","additionalProperties":false,"required":["p95"],"x-write":"`{ p95: \"> 3x baseline\" }`","properties":{"p95":{"description":"How many times the stable version's p95 is still good.","type":"string","pattern":"^> ?[0-9]{1,3}([.][0-9]{1,3})? ?x baseline$","x-write":"`\"> 3x baseline\"`, in quotes"}}};
const pattern28 = new RegExp("^> ?[0-9]{1,3}([.][0-9]{1,3})? ?x baseline$", "u");

function validate148(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate148.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.p95 === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "p95"},message:"must have required property '"+"p95"+"'",schema:schema47.required,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "p95")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.p95 !== undefined){
let data0 = data.p95;
if(typeof data0 === "string"){
if(!pattern28.test(data0)){
const err2 = {instancePath:instancePath+"/p95",schemaPath:"#/properties/p95/pattern",keyword:"pattern",params:{pattern: "^> ?[0-9]{1,3}([.][0-9]{1,3})? ?x baseline$"},message:"must match pattern \""+"^> ?[0-9]{1,3}([.][0-9]{1,3})? ?x baseline$"+"\"",schema:"^> ?[0-9]{1,3}([.][0-9]{1,3})? ?x baseline$",parentSchema:schema47.properties.p95,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/p95",schemaPath:"#/properties/p95/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.p95.type,parentSchema:schema47.properties.p95,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema47.type,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate148.errors = vErrors;
return errors === 0;
}
validate148.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate139(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate139.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.canary === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "canary"},message:"must have required property '"+"canary"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "canary") || (key0 === "watch")) || (key0 === "rollback")) || (key0 === "ask")) || (key0 === "lease")) || (key0 === "drain"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.canary !== undefined){
let data0 = data.canary;
if(Array.isArray(data0)){
if(data0.length > 20){
const err2 = {instancePath:instancePath+"/canary",schemaPath:"#/properties/canary/maxItems",keyword:"maxItems",params:{limit: 20},message:"must NOT have more than 20 items",schema:20,parentSchema:schema44.properties.canary,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/canary",schemaPath:"#/properties/canary/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema44.properties.canary,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate140(data0[i0], {instancePath:instancePath+"/canary/" + i0,parentData:data0,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate140.errors : vErrors.concat(validate140.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/canary",schemaPath:"#/properties/canary/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema44.properties.canary.type,parentSchema:schema44.properties.canary,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.watch !== undefined){
if(!(validate70(data.watch, {instancePath:instancePath+"/watch",parentData:data,parentDataProperty:"watch",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.rollback !== undefined){
let data3 = data.rollback;
if(Array.isArray(data3)){
if(data3.length > 10){
const err5 = {instancePath:instancePath+"/rollback",schemaPath:"#/properties/rollback/maxItems",keyword:"maxItems",params:{limit: 10},message:"must NOT have more than 10 items",schema:10,parentSchema:schema44.properties.rollback,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
if(!(validate145(data3[i1], {instancePath:instancePath+"/rollback/" + i1,parentData:data3,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate145.errors : vErrors.concat(validate145.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/rollback",schemaPath:"#/properties/rollback/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema44.properties.rollback.type,parentSchema:schema44.properties.rollback,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.ask !== undefined){
let data5 = data.ask;
if(Array.isArray(data5)){
if(data5.length > 10){
const err7 = {instancePath:instancePath+"/ask",schemaPath:"#/properties/ask/maxItems",keyword:"maxItems",params:{limit: 10},message:"must NOT have more than 10 items",schema:10,parentSchema:schema44.properties.ask,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
const len2 = data5.length;
for(let i2=0; i2<len2; i2++){
if(!(validate148(data5[i2], {instancePath:instancePath+"/ask/" + i2,parentData:data5,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/ask",schemaPath:"#/properties/ask/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema44.properties.ask.type,parentSchema:schema44.properties.ask,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.lease !== undefined){
if(!(validate70(data.lease, {instancePath:instancePath+"/lease",parentData:data,parentDataProperty:"lease",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.drain !== undefined){
if(!(validate70(data.drain, {instancePath:instancePath+"/drain",parentData:data,parentDataProperty:"drain",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate139.errors = vErrors;
return errors === 0;
}
validate139.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema48 = {"description":"Who may let a release in past gates, approvals, windows and freezes in an emergency: one asks with a reason, another one confirms.","type":"object","additionalProperties":false,"required":["from"],"x-write":"for example `{ from: [engineering-lead, devops-lead] }`","properties":{"from":{"description":"Roles of whoever may ask.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}},"second":{"description":"Roles of whoever may confirm; those of `from` unless named. Never the person who asked.","type":"array","minItems":1,"maxItems":50,"x-write":"a list of roles, for example `[engineering-lead]`","items":{"$ref":"#/$defs/name"}}}};

function validate154(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate154.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.from === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "from") || (key0 === "second"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.from !== undefined){
let data0 = data.from;
if(Array.isArray(data0)){
if(data0.length > 50){
const err2 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema48.properties.from,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema48.properties.from,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate53(data0[i0], {instancePath:instancePath+"/from/" + i0,parentData:data0,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema48.properties.from.type,parentSchema:schema48.properties.from,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.second !== undefined){
let data2 = data.second;
if(Array.isArray(data2)){
if(data2.length > 50){
const err5 = {instancePath:instancePath+"/second",schemaPath:"#/properties/second/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema48.properties.second,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2.length < 1){
const err6 = {instancePath:instancePath+"/second",schemaPath:"#/properties/second/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema48.properties.second,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
if(!(validate53(data2[i1], {instancePath:instancePath+"/second/" + i1,parentData:data2,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/second",schemaPath:"#/properties/second/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema48.properties.second.type,parentSchema:schema48.properties.second,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.type,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate154.errors = vErrors;
return errors === 0;
}
validate154.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate108(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate108.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.environment === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "environment"},message:"must have required property '"+"environment"+"'",schema:schema36.required,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "environment") || (key0 === "gates")) || (key0 === "approvals")) || (key0 === "rollout")) || (key0 === "waive")) || (key0 === "emergency"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.environment !== undefined){
if(!(validate53(data.environment, {instancePath:instancePath+"/environment",parentData:data,parentDataProperty:"environment",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.gates !== undefined){
let data1 = data.gates;
if(Array.isArray(data1)){
if(data1.length > 20){
const err2 = {instancePath:instancePath+"/gates",schemaPath:"#/properties/gates/maxItems",keyword:"maxItems",params:{limit: 20},message:"must NOT have more than 20 items",schema:20,parentSchema:schema36.properties.gates,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate110(data1[i0], {instancePath:instancePath+"/gates/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath:instancePath+"/gates",schemaPath:"#/properties/gates/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema36.properties.gates.type,parentSchema:schema36.properties.gates,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.approvals !== undefined){
if(!(validate135(data.approvals, {instancePath:instancePath+"/approvals",parentData:data,parentDataProperty:"approvals",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
}
if(data.rollout !== undefined){
if(!(validate139(data.rollout, {instancePath:instancePath+"/rollout",parentData:data,parentDataProperty:"rollout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate139.errors : vErrors.concat(validate139.errors);
errors = vErrors.length;
}
}
if(data.waive !== undefined){
let data5 = data.waive;
if(Array.isArray(data5)){
if(data5.length > 50){
const err4 = {instancePath:instancePath+"/waive",schemaPath:"#/properties/waive/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema36.properties.waive,data:data5};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data5.length < 1){
const err5 = {instancePath:instancePath+"/waive",schemaPath:"#/properties/waive/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema36.properties.waive,data:data5};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(!(validate53(data5[i1], {instancePath:instancePath+"/waive/" + i1,parentData:data5,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/waive",schemaPath:"#/properties/waive/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema36.properties.waive.type,parentSchema:schema36.properties.waive,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.emergency !== undefined){
if(!(validate154(data.emergency, {instancePath:instancePath+"/emergency",parentData:data,parentDataProperty:"emergency",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate154.errors : vErrors.concat(validate154.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate108.errors = vErrors;
return errors === 0;
}
validate108.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema49 = {"description":"How long the log keeps what.","type":"object","additionalProperties":false,"required":["keep-payloads"],"x-write":"for example `{ keep-payloads: 365d }`","properties":{"keep-payloads":{"description":"How long the payloads of events are kept: 90 days or more. The events stay, with what they say to people, and the log can be proved as before.","type":"string","pattern":"^(9[0-9]|[1-9][0-9]{2,4})d$","x-write":"90 days or more, for example `90d` or `365d`"}}};
const pattern29 = new RegExp("^(9[0-9]|[1-9][0-9]{2,4})d$", "u");

function validate161(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate161.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data["keep-payloads"] === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "keep-payloads"},message:"must have required property '"+"keep-payloads"+"'",schema:schema49.required,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "keep-payloads")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data["keep-payloads"] !== undefined){
let data0 = data["keep-payloads"];
if(typeof data0 === "string"){
if(!pattern29.test(data0)){
const err2 = {instancePath:instancePath+"/keep-payloads",schemaPath:"#/properties/keep-payloads/pattern",keyword:"pattern",params:{pattern: "^(9[0-9]|[1-9][0-9]{2,4})d$"},message:"must match pattern \""+"^(9[0-9]|[1-9][0-9]{2,4})d$"+"\"",schema:"^(9[0-9]|[1-9][0-9]{2,4})d$",parentSchema:schema49.properties["keep-payloads"],data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/keep-payloads",schemaPath:"#/properties/keep-payloads/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.properties["keep-payloads"].type,parentSchema:schema49.properties["keep-payloads"],data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema49.type,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate161.errors = vErrors;
return errors === 0;
}
validate161.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:rung:project-file:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.rung === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "rung"},message:"must have required property '"+"rung"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.project === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "project"},message:"must have required property '"+"project"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.services === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "services"},message:"must have required property '"+"services"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.environments === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "environments"},message:"must have required property '"+"environments"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.pipelines === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "pipelines"},message:"must have required property '"+"pipelines"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema19.properties, key0))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.rung !== undefined){
let data0 = data.rung;
if(1 !== data0){
const err6 = {instancePath:instancePath+"/rung",schemaPath:"#/properties/rung/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant",schema:1,parentSchema:schema19.properties.rung,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.project !== undefined){
if(!(validate53(data.project, {instancePath:instancePath+"/project",parentData:data,parentDataProperty:"project",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.roles !== undefined){
let data2 = data.roles;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
const _errs6 = errors;
if(!(validate53(key1, {instancePath:instancePath+"/roles",parentData:data2,parentDataProperty:"roles",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
var valid1 = _errs6 === errors;
if(!valid1){
const err7 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema19.properties.roles.propertyNames,parentSchema:schema19.properties.roles,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
for(const key2 in data2){
if(!(validate56(data2[key2], {instancePath:instancePath+"/roles/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/roles",schemaPath:"#/properties/roles/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.properties.roles.type,parentSchema:schema19.properties.roles,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.services !== undefined){
let data4 = data.services;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length < 1){
const err9 = {instancePath:instancePath+"/services",schemaPath:"#/properties/services/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema19.properties.services,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
for(const key3 in data4){
const _errs11 = errors;
if(!(validate53(key3, {instancePath:instancePath+"/services",parentData:data4,parentDataProperty:"services",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
var valid3 = _errs11 === errors;
if(!valid3){
const err10 = {instancePath:instancePath+"/services",schemaPath:"#/properties/services/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema19.properties.services.propertyNames,parentSchema:schema19.properties.services,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
for(const key4 in data4){
if(!(validate63(data4[key4], {instancePath:instancePath+"/services/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/services",schemaPath:"#/properties/services/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.properties.services.type,parentSchema:schema19.properties.services,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.environments !== undefined){
let data6 = data.environments;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(Object.keys(data6).length < 1){
const err12 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema19.properties.environments,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
for(const key5 in data6){
const _errs16 = errors;
if(!(validate53(key5, {instancePath:instancePath+"/environments",parentData:data6,parentDataProperty:"environments",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
var valid5 = _errs16 === errors;
if(!valid5){
const err13 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema19.properties.environments.propertyNames,parentSchema:schema19.properties.environments,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
for(const key6 in data6){
if(!(validate88(data6[key6], {instancePath:instancePath+"/environments/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data6,parentDataProperty:key6,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.properties.environments.type,parentSchema:schema19.properties.environments,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.pipelines !== undefined){
let data8 = data.pipelines;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length < 1){
const err15 = {instancePath:instancePath+"/pipelines",schemaPath:"#/properties/pipelines/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema19.properties.pipelines,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
for(const key7 in data8){
const _errs21 = errors;
if(!(validate53(key7, {instancePath:instancePath+"/pipelines",parentData:data8,parentDataProperty:"pipelines",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
var valid7 = _errs21 === errors;
if(!valid7){
const err16 = {instancePath:instancePath+"/pipelines",schemaPath:"#/properties/pipelines/propertyNames",keyword:"propertyNames",params:{propertyName: key7},message:"property name must be valid",schema:schema19.properties.pipelines.propertyNames,parentSchema:schema19.properties.pipelines,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
for(const key8 in data8){
let data9 = data8[key8];
if(Array.isArray(data9)){
if(data9.length > 50){
const err17 = {instancePath:instancePath+"/pipelines/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/pipelines/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema19.properties.pipelines.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data9.length < 1){
const err18 = {instancePath:instancePath+"/pipelines/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/pipelines/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema19.properties.pipelines.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
if(!(validate108(data9[i0], {instancePath:instancePath+"/pipelines/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,parentData:data9,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate108.errors : vErrors.concat(validate108.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/pipelines/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/pipelines/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema19.properties.pipelines.additionalProperties.type,parentSchema:schema19.properties.pipelines.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/pipelines",schemaPath:"#/properties/pipelines/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.properties.pipelines.type,parentSchema:schema19.properties.pipelines,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.freezes !== undefined){
let data11 = data.freezes;
if(Array.isArray(data11)){
if(data11.length > 100){
const err21 = {instancePath:instancePath+"/freezes",schemaPath:"#/properties/freezes/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema19.properties.freezes,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
if(!(validate94(data11[i1], {instancePath:instancePath+"/freezes/" + i1,parentData:data11,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
}
else {
const err22 = {instancePath:instancePath+"/freezes",schemaPath:"#/properties/freezes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema19.properties.freezes.type,parentSchema:schema19.properties.freezes,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.alarms !== undefined){
if(!(validate97(data.alarms, {instancePath:instancePath+"/alarms",parentData:data,parentDataProperty:"alarms",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
if(data.audit !== undefined){
if(!(validate161(data.audit, {instancePath:instancePath+"/audit",parentData:data,parentDataProperty:"audit",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate161.errors : vErrors.concat(validate161.errors);
errors = vErrors.length;
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}
export const schemaErrorsOf = (data: unknown): readonly SchemaError[] => (validate(data) ? [] : validate.errors);
