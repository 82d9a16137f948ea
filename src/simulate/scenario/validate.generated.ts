// @ts-nocheck made by scripts/generate-schema.ts from schemas/scenario.schema.json; do not edit
"use strict";
export const validate = validate52;

const schema19 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:rung:scenario:1","title":"Rung scenario","description":"A file in `scenarios/`, beside `rung.yaml`: what happens while a release goes into an environment, and how that should end. `rung simulate` plays it in virtual time.","type":"object","additionalProperties":false,"required":["scenario","title","to"],"properties":{"scenario":{"description":"Version of the file's format. This Rung reads version 1.","x-write":"`scenario: 1`","const":1},"title":{"description":"What happens, in a sentence.","$ref":"#/$defs/text"},"about":{"description":"What can be learnt from it.","$ref":"#/$defs/paragraph"},"to":{"description":"The environment that the release goes to. It runs in every environment before that one already.","$ref":"#/$defs/name"},"release":{"description":"Version of the release, for people.","$ref":"#/$defs/version","default":"1.1.0"},"start":{"description":"How things stand when the release is asked for.","$ref":"#/$defs/start"},"begins":{"description":"When it begins by the clock on the wall.","type":"string","pattern":"^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?Z$","x-write":"a moment in UTC, for example `2030-01-01T09:00Z`","default":"2030-01-01T00:00Z"},"seed":{"description":"Where chance begins. The same seed gives the same run.","type":"integer","minimum":0,"maximum":1000000000,"default":1,"x-write":"a whole number"},"duration":{"description":"How long it is played. Left out: until the rollout ends, or has been held for ten minutes with nothing more to come; seven days at the most.","$ref":"#/$defs/duration"},"traffic":{"description":"Requests of each service, both versions together.","$ref":"#/$defs/traffic","default":"20/s"},"stable":{"description":"How the version that runs really answers.","$ref":"#/$defs/version-truth"},"candidate":{"description":"How the new version really answers. What is left out is as with the version that runs.","$ref":"#/$defs/version-truth"},"before":{"description":"How the release really does in the environment before, whose traffic the gate `stability` looks back at.","$ref":"#/$defs/before"},"services":{"description":"What is different for one service, by its name.","type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/service"}},"smoke":{"description":"How the smoke tests of the new version end.","enum":["pass","fail"],"default":"pass","x-write":"`pass` or `fail`"},"happens":{"description":"What people do and what goes wrong. Where nobody promotes, approves or validates in here, somebody does so at once.","type":"array","maxItems":200,"x-write":"a list, for example `- { after: 3m, does: take back, who: ada }`","items":{"$ref":"#/$defs/happening"}},"expect":{"description":"How it should end: a word, or the long form. `rung simulate` fails where it ends otherwise.","type":["string","object"],"x-write":"for example `rolled back`, or `{ ends: rolled back, by: early stop, within: 5m }`","if":{"type":"object"},"then":{"$ref":"#/$defs/expectation"},"else":{"$ref":"#/$defs/ending"}}},"$defs":{"name":{"description":"A name from the project file.","type":"string","pattern":"^[a-z][a-z0-9-]{0,39}$","x-write":"a name from the project file"},"text":{"description":"A line of text, 200 characters at most.","type":"string","pattern":"^.{1,200}$","x-write":"one line of text, 200 characters at most"},"paragraph":{"description":"Text, 2,000 characters at most.","type":"string","pattern":"^[\\s\\S]{1,2000}$","x-write":"text, 2,000 characters at most"},"version":{"description":"A version, for example `1.4.0`.","type":"string","pattern":"^[0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6}$","x-write":"a version of three numbers, for example `1.4.0`"},"duration":{"description":"A length of time: `500ms`, `30s`, `5m`, `24h` or `7d`.","type":"string","pattern":"^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$","x-write":"a number and a unit, for example `500ms`, `30s`, `5m`, `24h` or `7d`"},"rate":{"description":"How many in a time: `20/s`, `30/min`, `4/h`.","type":"string","pattern":"^[0-9]{1,6}([.][0-9]{1,4})?/(s|min|h)$","x-write":"a number for a time, for example `20/s`, `30/min` or `4/h`"},"ratio":{"description":"A share of requests, for example `0.5%`.","type":"string","pattern":"^(100|[0-9]{1,2}([.][0-9]{1,4})?) ?%$","x-write":"a share of 0 to 100 %, for example `0.5%`"},"latency":{"description":"The time within which 95 of 100 requests are answered, for example `120ms`.","type":"string","pattern":"^[1-9][0-9]{0,5}(ms|s)$","x-write":"a time, for example `120ms` or `2s`"},"start":{"description":"How things stand at the start.","type":"object","additionalProperties":false,"x-write":"for example `{ runs: 1.3.0, soaked: 20h }`","properties":{"runs":{"description":"Version that runs in the environment, and in those after it.","$ref":"#/$defs/version","default":"1.0.0"},"soaked":{"description":"How long the release has run in the environments before. Left out: as long as is asked for.","$ref":"#/$defs/duration"},"observed":{"description":"How long the traffic of the environment before has been observed. Left out: as long as the gate `stability` looks back.","$ref":"#/$defs/duration"},"missing":{"description":"Gates that stay closed, by their names: those whose evidence nobody has handed over, and programs that never answer. All others that ask for evidence or for an answer are open.","type":"array","maxItems":100,"x-write":"a list of gates, for example `[coverage, uat]`","items":{"$ref":"#/$defs/name"}}}},"traffic":{"description":"A rate, a list of rates over time, or a day and a night.","type":["string","array","object"],"x-write":"for example `20/s`, `[20/s, { at: 1h, is: 2/s }]` or `{ day: 20/s, night: 2/s }`","if":{"type":"object"},"then":{"$ref":"#/$defs/day"},"else":{"if":{"type":"array"},"then":{"minItems":1,"maxItems":100,"items":{"type":["string","object"],"x-write":"`20/s` first, then `{ at: 1h, is: 2/s }` or `{ at: 1h, to: 40/s, over: 10m }`","if":{"type":"object"},"then":{"$ref":"#/$defs/rate-change"},"else":{"$ref":"#/$defs/rate"}}},"else":{"$ref":"#/$defs/rate"}}},"ratio-curve":{"description":"A share, or a list of shares over time.","type":["string","array"],"x-write":"for example `0.5%`, or `[0.5%, { after: 4m, is: 6% }]`","if":{"type":"array"},"then":{"minItems":1,"maxItems":100,"items":{"type":["string","object"],"x-write":"`0.5%` first, then `{ after: 4m, is: 6% }` or `{ after: 4m, to: 6%, over: 10m }`","if":{"type":"object"},"then":{"$ref":"#/$defs/ratio-change"},"else":{"$ref":"#/$defs/ratio"}}},"else":{"$ref":"#/$defs/ratio"}},"latency-curve":{"description":"A time, or a list of times over time.","type":["string","array"],"x-write":"for example `120ms`, or `[120ms, { after: 4m, is: 2s }]`","if":{"type":"array"},"then":{"minItems":1,"maxItems":100,"items":{"type":["string","object"],"x-write":"`120ms` first, then `{ after: 4m, is: 2s }` or `{ after: 4m, to: 2s, over: 10m }`","if":{"type":"object"},"then":{"$ref":"#/$defs/latency-change"},"else":{"$ref":"#/$defs/latency"}}},"else":{"$ref":"#/$defs/latency"}},"day":{"description":"Traffic that rises to `day` at its peak and falls to `night` twelve hours later.","type":"object","additionalProperties":false,"required":["day","night"],"x-write":"for example `{ day: 20/s, night: 2/s, peak: \"14:00\" }`","properties":{"day":{"description":"At the peak.","$ref":"#/$defs/rate"},"night":{"description":"Twelve hours later.","$ref":"#/$defs/rate"},"peak":{"description":"When the peak is, in UTC.","type":"string","pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$","x-write":"a time of day in quotes, for example `\"14:00\"`","default":"12:00"}}},"rate-change":{"description":"A change of the traffic.","type":"object","additionalProperties":false,"properties":{"at":{"description":"Time from the start.","$ref":"#/$defs/duration"},"after":{"description":"Time from the new version's first request.","$ref":"#/$defs/duration"},"is":{"description":"What it is from then on.","$ref":"#/$defs/rate"},"to":{"description":"What it changes to, little by little.","$ref":"#/$defs/rate"},"over":{"description":"How long that takes.","$ref":"#/$defs/duration"}}},"ratio-change":{"description":"A change of an error ratio.","type":"object","additionalProperties":false,"properties":{"at":{"description":"Time from the start.","$ref":"#/$defs/duration"},"after":{"description":"Time from the new version's first request.","$ref":"#/$defs/duration"},"is":{"description":"What it is from then on.","$ref":"#/$defs/ratio"},"to":{"description":"What it changes to, little by little.","$ref":"#/$defs/ratio"},"over":{"description":"How long that takes.","$ref":"#/$defs/duration"}}},"latency-change":{"description":"A change of a latency.","type":"object","additionalProperties":false,"properties":{"at":{"description":"Time from the start.","$ref":"#/$defs/duration"},"after":{"description":"Time from the new version's first request.","$ref":"#/$defs/duration"},"is":{"description":"What it is from then on.","$ref":"#/$defs/latency"},"to":{"description":"What it changes to, little by little.","$ref":"#/$defs/latency"},"over":{"description":"How long that takes.","$ref":"#/$defs/duration"}}},"version-truth":{"description":"How a version really answers; what is measured of it has chance in it.","type":"object","additionalProperties":false,"x-write":"for example `{ errors: 0.5%, p95: 120ms }`","properties":{"errors":{"description":"Share of requests that fail.","$ref":"#/$defs/ratio-curve","default":"0.1%"},"p95":{"description":"Time within which 95 of 100 are answered.","$ref":"#/$defs/latency-curve","default":"100ms"}}},"before":{"description":"The traffic of each service in the environment before.","type":"object","additionalProperties":false,"x-write":"for example `{ traffic: 5/s, errors: 0.2% }`","properties":{"traffic":{"description":"Its requests.","$ref":"#/$defs/traffic","default":"20/s"},"errors":{"description":"Share of requests that fail.","$ref":"#/$defs/ratio-curve","default":"0.1%"}}},"service":{"description":"One service.","type":"object","additionalProperties":false,"x-write":"for example `{ traffic: 5/s, candidate: { errors: 10% } }`","properties":{"traffic":{"description":"Its requests, both versions together.","$ref":"#/$defs/traffic"},"stable":{"description":"How its version that runs really answers.","$ref":"#/$defs/version-truth"},"candidate":{"description":"How its new version really answers.","$ref":"#/$defs/version-truth"}}},"happening":{"description":"One thing that somebody does, or that happens.","type":"object","additionalProperties":false,"x-write":"for example `{ at: 1m30s, does: approve, who: ada }` or `{ after: 2m, agent: killed, for: 20s }`","properties":{"at":{"description":"Time from the start.","$ref":"#/$defs/duration"},"after":{"description":"Time from the new version's first request.","$ref":"#/$defs/duration"},"does":{"description":"What a person does.","enum":["promote","approve","reject","validate","pause","resume","advance","take back","waive","ask again","make exception","delegate","promote in emergency","confirm emergency","request change","edit change","approve change","reject change"],"x-write":"one of promote, approve, reject, validate, pause, resume, advance, take back, waive, ask again, make exception, delegate, promote in emergency, confirm emergency, request change, edit change, approve change, reject change"},"who":{"description":"The person: a member of a role in the project file, as a whole or without what follows the `@`. Left out: whoever may.","type":"string","pattern":"^[^\\s@]{1,100}(@[^\\s@]{1,100})?$","x-write":"a member from the project file, for example `ada`"},"why":{"description":"What the person writes, or the program answers.","$ref":"#/$defs/text"},"gate":{"description":"The gate that is waived, or whose program is asked again.","$ref":"#/$defs/name"},"to":{"description":"Who stands in, where somebody delegates.","type":"string","pattern":"^[^\\s@]{1,100}(@[^\\s@]{1,100})?$","x-write":"a member from the project file, for example `bo`"},"evidence":{"description":"All that this gate asks for is handed over. The gate is closed until then.","$ref":"#/$defs/name"},"webhook":{"description":"The program that this gate asks answers now, and at once from now on. It has not answered until then.","$ref":"#/$defs/name"},"answers":{"description":"What it answers.","enum":["pass","fail"],"default":"pass","x-write":"`pass` or `fail`"},"alarm":{"description":"An alarm of this name fires.","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.-]{0,99}$","x-write":"the name of an alarm, for example `disk-full`"},"in":{"description":"The environment in which the alarm fires. Left out: the one before.","$ref":"#/$defs/name"},"agent":{"description":"The environment's agent dies and is started anew, or stands still.","enum":["killed","stopped"],"x-write":"`killed` or `stopped`"},"control-plane":{"description":"The control plane cannot be reached.","enum":["away"],"x-write":"`away`"},"for":{"description":"How long it lasts. Left out: for good; of what a person does: an hour for an exception, a day for a delegation or the window of a change.","$ref":"#/$defs/duration"},"clock":{"description":"The clocks on the wall are set, forward or back.","type":"string","pattern":"^[+-][1-9][0-9]{0,7}(ms|s|m|h|d)$","x-write":"a time with its sign in quotes, for example `\"+1h\"` or `\"-5m\"`"},"crash":{"description":"An instance of the new version of this service ends, and is started again.","$ref":"#/$defs/name"},"unhealthy":{"description":"The new version of this service fails its health check.","$ref":"#/$defs/name"}}},"ending":{"description":"How a promotion can end, or stand when the time is up.","enum":["succeeded","rolled back","rollback failed","held","waiting","refused","rejected","withdrawn","superseded","running"],"x-write":"one of succeeded, rolled back, held, waiting, rejected"},"expectation":{"description":"How it should end.","type":"object","additionalProperties":false,"required":["ends"],"properties":{"ends":{"description":"How; a list where more than one will do.","type":["string","array"],"x-write":"for example `rolled back`, or `[succeeded, held]`","if":{"type":"array"},"then":{"minItems":1,"maxItems":10,"items":{"$ref":"#/$defs/ending"}},"else":{"$ref":"#/$defs/ending"}},"by":{"description":"The rule, or who: what took it back, or holds it.","enum":["health","early stop","contract","latency","person","judge lost","insufficient evidence","smoke tests","start"],"x-write":"one of health, early stop, contract, latency, person, judge lost, insufficient evidence, smoke tests, start"},"within":{"description":"The decision falls no later than this, from the start.","$ref":"#/$defs/duration"},"met-at-most":{"description":"So many requests at most met the new version.","type":"integer","minimum":0,"maximum":1000000000,"x-write":"a whole number"}}}}};
const func1 = Object.prototype.hasOwnProperty;
const schema20 = {"description":"A line of text, 200 characters at most.","type":"string","pattern":"^.{1,200}$","x-write":"one line of text, 200 characters at most"};
const pattern3 = new RegExp("^.{1,200}$", "u");

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
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^.{1,200}$"},message:"must match pattern \""+"^.{1,200}$"+"\"",schema:"^.{1,200}$",parentSchema:schema20,data};
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

const schema21 = {"description":"Text, 2,000 characters at most.","type":"string","pattern":"^[\\s\\S]{1,2000}$","x-write":"text, 2,000 characters at most"};
const pattern4 = new RegExp("^[\\s\\S]{1,2000}$", "u");

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate55.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern4.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[\\s\\S]{1,2000}$"},message:"must match pattern \""+"^[\\s\\S]{1,2000}$"+"\"",schema:"^[\\s\\S]{1,2000}$",parentSchema:schema21,data};
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
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate55.errors = vErrors;
return errors === 0;
}
validate55.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema22 = {"description":"A name from the project file.","type":"string","pattern":"^[a-z][a-z0-9-]{0,39}$","x-write":"a name from the project file"};
const pattern5 = new RegExp("^[a-z][a-z0-9-]{0,39}$", "u");

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
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9-]{0,39}$"},message:"must match pattern \""+"^[a-z][a-z0-9-]{0,39}$"+"\"",schema:"^[a-z][a-z0-9-]{0,39}$",parentSchema:schema22,data};
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

const schema23 = {"description":"A version, for example `1.4.0`.","type":"string","pattern":"^[0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6}$","x-write":"a version of three numbers, for example `1.4.0`"};
const pattern6 = new RegExp("^[0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6}$", "u");

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate59.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern6.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6}$"},message:"must match pattern \""+"^[0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6}$"+"\"",schema:"^[0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6}$",parentSchema:schema23,data};
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
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema24 = {"description":"How things stand at the start.","type":"object","additionalProperties":false,"x-write":"for example `{ runs: 1.3.0, soaked: 20h }`","properties":{"runs":{"description":"Version that runs in the environment, and in those after it.","$ref":"#/$defs/version","default":"1.0.0"},"soaked":{"description":"How long the release has run in the environments before. Left out: as long as is asked for.","$ref":"#/$defs/duration"},"observed":{"description":"How long the traffic of the environment before has been observed. Left out: as long as the gate `stability` looks back.","$ref":"#/$defs/duration"},"missing":{"description":"Gates that stay closed, by their names: those whose evidence nobody has handed over, and programs that never answer. All others that ask for evidence or for an answer are open.","type":"array","maxItems":100,"x-write":"a list of gates, for example `[coverage, uat]`","items":{"$ref":"#/$defs/name"}}}};
const schema25 = {"description":"A length of time: `500ms`, `30s`, `5m`, `24h` or `7d`.","type":"string","pattern":"^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$","x-write":"a number and a unit, for example `500ms`, `30s`, `5m`, `24h` or `7d`"};
const pattern7 = new RegExp("^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$", "u");

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
if(typeof data === "string"){
if(!pattern7.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$"},message:"must match pattern \""+"^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$"+"\"",schema:"^(0s|[1-9][0-9]{0,7}(ms|s|m|h|d))$",parentSchema:schema25,data};
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
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate63.errors = vErrors;
return errors === 0;
}
validate63.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate61.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "runs") || (key0 === "soaked")) || (key0 === "observed")) || (key0 === "missing"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.runs !== undefined){
if(!(validate59(data.runs, {instancePath:instancePath+"/runs",parentData:data,parentDataProperty:"runs",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data.soaked !== undefined){
if(!(validate63(data.soaked, {instancePath:instancePath+"/soaked",parentData:data,parentDataProperty:"soaked",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.observed !== undefined){
if(!(validate63(data.observed, {instancePath:instancePath+"/observed",parentData:data,parentDataProperty:"observed",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.missing !== undefined){
let data3 = data.missing;
if(Array.isArray(data3)){
if(data3.length > 100){
const err1 = {instancePath:instancePath+"/missing",schemaPath:"#/properties/missing/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema24.properties.missing,data:data3};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate57(data3[i0], {instancePath:instancePath+"/missing/" + i0,parentData:data3,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/missing",schemaPath:"#/properties/missing/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema24.properties.missing.type,parentSchema:schema24.properties.missing,data:data3};
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
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate61.errors = vErrors;
return errors === 0;
}
validate61.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema26 = {"description":"A rate, a list of rates over time, or a day and a night.","type":["string","array","object"],"x-write":"for example `20/s`, `[20/s, { at: 1h, is: 2/s }]` or `{ day: 20/s, night: 2/s }`","if":{"type":"object"},"then":{"$ref":"#/$defs/day"},"else":{"if":{"type":"array"},"then":{"minItems":1,"maxItems":100,"items":{"type":["string","object"],"x-write":"`20/s` first, then `{ at: 1h, is: 2/s }` or `{ at: 1h, to: 40/s, over: 10m }`","if":{"type":"object"},"then":{"$ref":"#/$defs/rate-change"},"else":{"$ref":"#/$defs/rate"}}},"else":{"$ref":"#/$defs/rate"}}};
const schema27 = {"description":"Traffic that rises to `day` at its peak and falls to `night` twelve hours later.","type":"object","additionalProperties":false,"required":["day","night"],"x-write":"for example `{ day: 20/s, night: 2/s, peak: \"14:00\" }`","properties":{"day":{"description":"At the peak.","$ref":"#/$defs/rate"},"night":{"description":"Twelve hours later.","$ref":"#/$defs/rate"},"peak":{"description":"When the peak is, in UTC.","type":"string","pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$","x-write":"a time of day in quotes, for example `\"14:00\"`","default":"12:00"}}};
const schema28 = {"description":"How many in a time: `20/s`, `30/min`, `4/h`.","type":"string","pattern":"^[0-9]{1,6}([.][0-9]{1,4})?/(s|min|h)$","x-write":"a number for a time, for example `20/s`, `30/min` or `4/h`"};
const pattern9 = new RegExp("^[0-9]{1,6}([.][0-9]{1,4})?/(s|min|h)$", "u");

function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate71.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern9.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,6}([.][0-9]{1,4})?/(s|min|h)$"},message:"must match pattern \""+"^[0-9]{1,6}([.][0-9]{1,4})?/(s|min|h)$"+"\"",schema:"^[0-9]{1,6}([.][0-9]{1,4})?/(s|min|h)$",parentSchema:schema28,data};
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
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate71.errors = vErrors;
return errors === 0;
}
validate71.evaluated = {"dynamicProps":false,"dynamicItems":false};

const pattern10 = new RegExp("^([01][0-9]|2[0-3]):[0-5][0-9]$", "u");

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
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.day === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "day"},message:"must have required property '"+"day"+"'",schema:schema27.required,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.night === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "night"},message:"must have required property '"+"night"+"'",schema:schema27.required,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "day") || (key0 === "night")) || (key0 === "peak"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.day !== undefined){
if(!(validate71(data.day, {instancePath:instancePath+"/day",parentData:data,parentDataProperty:"day",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.night !== undefined){
if(!(validate71(data.night, {instancePath:instancePath+"/night",parentData:data,parentDataProperty:"night",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.peak !== undefined){
let data2 = data.peak;
if(typeof data2 === "string"){
if(!pattern10.test(data2)){
const err3 = {instancePath:instancePath+"/peak",schemaPath:"#/properties/peak/pattern",keyword:"pattern",params:{pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$"},message:"must match pattern \""+"^([01][0-9]|2[0-3]):[0-5][0-9]$"+"\"",schema:"^([01][0-9]|2[0-3]):[0-5][0-9]$",parentSchema:schema27.properties.peak,data:data2};
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
const err4 = {instancePath:instancePath+"/peak",schemaPath:"#/properties/peak/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema27.properties.peak.type,parentSchema:schema27.properties.peak,data:data2};
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
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema29 = {"description":"A change of the traffic.","type":"object","additionalProperties":false,"properties":{"at":{"description":"Time from the start.","$ref":"#/$defs/duration"},"after":{"description":"Time from the new version's first request.","$ref":"#/$defs/duration"},"is":{"description":"What it is from then on.","$ref":"#/$defs/rate"},"to":{"description":"What it changes to, little by little.","$ref":"#/$defs/rate"},"over":{"description":"How long that takes.","$ref":"#/$defs/duration"}}};

function validate75(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate75.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "at") || (key0 === "after")) || (key0 === "is")) || (key0 === "to")) || (key0 === "over"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.at !== undefined){
if(!(validate63(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.after !== undefined){
if(!(validate63(data.after, {instancePath:instancePath+"/after",parentData:data,parentDataProperty:"after",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.is !== undefined){
if(!(validate71(data.is, {instancePath:instancePath+"/is",parentData:data,parentDataProperty:"is",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate71(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.over !== undefined){
if(!(validate63(data.over, {instancePath:instancePath+"/over",parentData:data,parentDataProperty:"over",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema29.type,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate75.errors = vErrors;
return errors === 0;
}
validate75.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate69.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!data || typeof data != "object") && (typeof data !== "string")){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema26.type},message:"must be string,array,object",schema:schema26.type,parentSchema:schema26,data};
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
if(!(validate70(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
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
const _errs6 = errors;
let valid1 = true;
const _errs7 = errors;
if(!(Array.isArray(data))){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid1 = _errs7 === errors;
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs9 = errors;
if(Array.isArray(data)){
if(data.length > 100){
const err3 = {instancePath,schemaPath:"#/else/then/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema26.else.then,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.length < 1){
const err4 = {instancePath,schemaPath:"#/else/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema26.else.then,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if((typeof data0 !== "string") && (!(data0 && typeof data0 == "object" && !Array.isArray(data0)))){
const err5 = {instancePath:instancePath+"/" + i0,schemaPath:"#/else/then/items/type",keyword:"type",params:{type: schema26.else.then.items.type},message:"must be string,object",schema:schema26.else.then.items.type,parentSchema:schema26.else.then.items,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const _errs12 = errors;
let valid4 = true;
const _errs13 = errors;
if(!(data0 && typeof data0 == "object" && !Array.isArray(data0))){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid2 = _errs13 === errors;
errors = _errs12;
if(vErrors !== null){
if(_errs12){
vErrors.length = _errs12;
}
else {
vErrors = null;
}
}
let ifClause2;
if(_valid2){
const _errs15 = errors;
if(!(validate75(data0, {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
errors = vErrors.length;
}
var _valid2 = _errs15 === errors;
valid4 = _valid2;
ifClause2 = "then";
}
else {
const _errs16 = errors;
if(!(validate71(data0, {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
var _valid2 = _errs16 === errors;
valid4 = _valid2;
ifClause2 = "else";
}
if(!valid4){
const err7 = {instancePath:instancePath+"/" + i0,schemaPath:"#/else/then/items/if",keyword:"if",params:{failingKeyword: ifClause2},message:"must match \""+ifClause2+"\" schema",schema:schema26.else.then.items.if,parentSchema:schema26.else.then.items,data:data0};
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
var _valid1 = _errs9 === errors;
valid1 = _valid1;
if(valid1){
var items0 = true;
}
ifClause1 = "then";
}
else {
const _errs17 = errors;
if(!(validate71(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
var _valid1 = _errs17 === errors;
valid1 = _valid1;
ifClause1 = "else";
}
if(!valid1){
const err8 = {instancePath,schemaPath:"#/else/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema",schema:schema26.else.if,parentSchema:schema26.else,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err9 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema26.if,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate69.errors = vErrors;
evaluated0.props = props0;
evaluated0.items = items0;
return errors === 0;
}
validate69.evaluated = {"dynamicProps":true,"dynamicItems":true};

const schema30 = {"description":"How a version really answers; what is measured of it has chance in it.","type":"object","additionalProperties":false,"x-write":"for example `{ errors: 0.5%, p95: 120ms }`","properties":{"errors":{"description":"Share of requests that fail.","$ref":"#/$defs/ratio-curve","default":"0.1%"},"p95":{"description":"Time within which 95 of 100 are answered.","$ref":"#/$defs/latency-curve","default":"100ms"}}};
const schema31 = {"description":"A share, or a list of shares over time.","type":["string","array"],"x-write":"for example `0.5%`, or `[0.5%, { after: 4m, is: 6% }]`","if":{"type":"array"},"then":{"minItems":1,"maxItems":100,"items":{"type":["string","object"],"x-write":"`0.5%` first, then `{ after: 4m, is: 6% }` or `{ after: 4m, to: 6%, over: 10m }`","if":{"type":"object"},"then":{"$ref":"#/$defs/ratio-change"},"else":{"$ref":"#/$defs/ratio"}}},"else":{"$ref":"#/$defs/ratio"}};
const schema32 = {"description":"A change of an error ratio.","type":"object","additionalProperties":false,"properties":{"at":{"description":"Time from the start.","$ref":"#/$defs/duration"},"after":{"description":"Time from the new version's first request.","$ref":"#/$defs/duration"},"is":{"description":"What it is from then on.","$ref":"#/$defs/ratio"},"to":{"description":"What it changes to, little by little.","$ref":"#/$defs/ratio"},"over":{"description":"How long that takes.","$ref":"#/$defs/duration"}}};
const schema33 = {"description":"A share of requests, for example `0.5%`.","type":"string","pattern":"^(100|[0-9]{1,2}([.][0-9]{1,4})?) ?%$","x-write":"a share of 0 to 100 %, for example `0.5%`"};
const pattern11 = new RegExp("^(100|[0-9]{1,2}([.][0-9]{1,4})?) ?%$", "u");

function validate90(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate90.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern11.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(100|[0-9]{1,2}([.][0-9]{1,4})?) ?%$"},message:"must match pattern \""+"^(100|[0-9]{1,2}([.][0-9]{1,4})?) ?%$"+"\"",schema:"^(100|[0-9]{1,2}([.][0-9]{1,4})?) ?%$",parentSchema:schema33,data};
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
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate90.errors = vErrors;
return errors === 0;
}
validate90.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate87(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate87.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "at") || (key0 === "after")) || (key0 === "is")) || (key0 === "to")) || (key0 === "over"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.at !== undefined){
if(!(validate63(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.after !== undefined){
if(!(validate63(data.after, {instancePath:instancePath+"/after",parentData:data,parentDataProperty:"after",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.is !== undefined){
if(!(validate90(data.is, {instancePath:instancePath+"/is",parentData:data,parentDataProperty:"is",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate90(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
}
if(data.over !== undefined){
if(!(validate63(data.over, {instancePath:instancePath+"/over",parentData:data,parentDataProperty:"over",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate87.errors = vErrors;
return errors === 0;
}
validate87.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate86.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema31.type},message:"must be string,array",schema:schema31.type,parentSchema:schema31,data};
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
if(!(Array.isArray(data))){
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
if(Array.isArray(data)){
if(data.length > 100){
const err2 = {instancePath,schemaPath:"#/then/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema31.then,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.length < 1){
const err3 = {instancePath,schemaPath:"#/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.then,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if((typeof data0 !== "string") && (!(data0 && typeof data0 == "object" && !Array.isArray(data0)))){
const err4 = {instancePath:instancePath+"/" + i0,schemaPath:"#/then/items/type",keyword:"type",params:{type: schema31.then.items.type},message:"must be string,object",schema:schema31.then.items.type,parentSchema:schema31.then.items,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs7 = errors;
let valid3 = true;
const _errs8 = errors;
if(!(data0 && typeof data0 == "object" && !Array.isArray(data0))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs8 === errors;
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs10 = errors;
if(!(validate87(data0, {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
var _valid1 = _errs10 === errors;
valid3 = _valid1;
ifClause1 = "then";
}
else {
const _errs11 = errors;
if(!(validate90(data0, {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid3 = _valid1;
ifClause1 = "else";
}
if(!valid3){
const err6 = {instancePath:instancePath+"/" + i0,schemaPath:"#/then/items/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema",schema:schema31.then.items.if,parentSchema:schema31.then.items,data:data0};
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
var _valid0 = _errs4 === errors;
valid0 = _valid0;
if(valid0){
var items0 = true;
}
ifClause0 = "then";
}
else {
const _errs12 = errors;
if(!(validate90(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
errors = vErrors.length;
}
var _valid0 = _errs12 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err7 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema31.if,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate86.errors = vErrors;
evaluated0.items = items0;
return errors === 0;
}
validate86.evaluated = {"dynamicProps":false,"dynamicItems":true};

const schema34 = {"description":"A time, or a list of times over time.","type":["string","array"],"x-write":"for example `120ms`, or `[120ms, { after: 4m, is: 2s }]`","if":{"type":"array"},"then":{"minItems":1,"maxItems":100,"items":{"type":["string","object"],"x-write":"`120ms` first, then `{ after: 4m, is: 2s }` or `{ after: 4m, to: 2s, over: 10m }`","if":{"type":"object"},"then":{"$ref":"#/$defs/latency-change"},"else":{"$ref":"#/$defs/latency"}}},"else":{"$ref":"#/$defs/latency"}};
const schema35 = {"description":"A change of a latency.","type":"object","additionalProperties":false,"properties":{"at":{"description":"Time from the start.","$ref":"#/$defs/duration"},"after":{"description":"Time from the new version's first request.","$ref":"#/$defs/duration"},"is":{"description":"What it is from then on.","$ref":"#/$defs/latency"},"to":{"description":"What it changes to, little by little.","$ref":"#/$defs/latency"},"over":{"description":"How long that takes.","$ref":"#/$defs/duration"}}};
const schema36 = {"description":"The time within which 95 of 100 requests are answered, for example `120ms`.","type":"string","pattern":"^[1-9][0-9]{0,5}(ms|s)$","x-write":"a time, for example `120ms` or `2s`"};
const pattern12 = new RegExp("^[1-9][0-9]{0,5}(ms|s)$", "u");

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
if(typeof data === "string"){
if(!pattern12.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}(ms|s)$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}(ms|s)$"+"\"",schema:"^[1-9][0-9]{0,5}(ms|s)$",parentSchema:schema36,data};
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
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate102.errors = vErrors;
return errors === 0;
}
validate102.evaluated = {"dynamicProps":false,"dynamicItems":false};


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
for(const key0 in data){
if(!(((((key0 === "at") || (key0 === "after")) || (key0 === "is")) || (key0 === "to")) || (key0 === "over"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.at !== undefined){
if(!(validate63(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.after !== undefined){
if(!(validate63(data.after, {instancePath:instancePath+"/after",parentData:data,parentDataProperty:"after",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.is !== undefined){
if(!(validate102(data.is, {instancePath:instancePath+"/is",parentData:data,parentDataProperty:"is",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate102(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
}
if(data.over !== undefined){
if(!(validate63(data.over, {instancePath:instancePath+"/over",parentData:data,parentDataProperty:"over",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
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
if((typeof data !== "string") && (!(Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema34.type},message:"must be string,array",schema:schema34.type,parentSchema:schema34,data};
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
if(!(Array.isArray(data))){
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
if(Array.isArray(data)){
if(data.length > 100){
const err2 = {instancePath,schemaPath:"#/then/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema34.then,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.length < 1){
const err3 = {instancePath,schemaPath:"#/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema34.then,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if((typeof data0 !== "string") && (!(data0 && typeof data0 == "object" && !Array.isArray(data0)))){
const err4 = {instancePath:instancePath+"/" + i0,schemaPath:"#/then/items/type",keyword:"type",params:{type: schema34.then.items.type},message:"must be string,object",schema:schema34.then.items.type,parentSchema:schema34.then.items,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs7 = errors;
let valid3 = true;
const _errs8 = errors;
if(!(data0 && typeof data0 == "object" && !Array.isArray(data0))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs8 === errors;
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs10 = errors;
if(!(validate99(data0, {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var _valid1 = _errs10 === errors;
valid3 = _valid1;
ifClause1 = "then";
}
else {
const _errs11 = errors;
if(!(validate102(data0, {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid3 = _valid1;
ifClause1 = "else";
}
if(!valid3){
const err6 = {instancePath:instancePath+"/" + i0,schemaPath:"#/then/items/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema",schema:schema34.then.items.if,parentSchema:schema34.then.items,data:data0};
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
var _valid0 = _errs4 === errors;
valid0 = _valid0;
if(valid0){
var items0 = true;
}
ifClause0 = "then";
}
else {
const _errs12 = errors;
if(!(validate102(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
var _valid0 = _errs12 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err7 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema34.if,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate98.errors = vErrors;
evaluated0.items = items0;
return errors === 0;
}
validate98.evaluated = {"dynamicProps":false,"dynamicItems":true};


function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate85.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "errors") || (key0 === "p95"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.errors !== undefined){
if(!(validate86(data.errors, {instancePath:instancePath+"/errors",parentData:data,parentDataProperty:"errors",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
if(data.p95 !== undefined){
if(!(validate98(data.p95, {instancePath:instancePath+"/p95",parentData:data,parentDataProperty:"p95",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema30.type,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate85.errors = vErrors;
return errors === 0;
}
validate85.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema37 = {"description":"The traffic of each service in the environment before.","type":"object","additionalProperties":false,"x-write":"for example `{ traffic: 5/s, errors: 0.2% }`","properties":{"traffic":{"description":"Its requests.","$ref":"#/$defs/traffic","default":"20/s"},"errors":{"description":"Share of requests that fail.","$ref":"#/$defs/ratio-curve","default":"0.1%"}}};

function validate112(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate112.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "traffic") || (key0 === "errors"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.traffic !== undefined){
if(!(validate69(data.traffic, {instancePath:instancePath+"/traffic",parentData:data,parentDataProperty:"traffic",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.errors !== undefined){
if(!(validate86(data.errors, {instancePath:instancePath+"/errors",parentData:data,parentDataProperty:"errors",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate112.errors = vErrors;
return errors === 0;
}
validate112.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema38 = {"description":"One service.","type":"object","additionalProperties":false,"x-write":"for example `{ traffic: 5/s, candidate: { errors: 10% } }`","properties":{"traffic":{"description":"Its requests, both versions together.","$ref":"#/$defs/traffic"},"stable":{"description":"How its version that runs really answers.","$ref":"#/$defs/version-truth"},"candidate":{"description":"How its new version really answers.","$ref":"#/$defs/version-truth"}}};

function validate117(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate117.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "traffic") || (key0 === "stable")) || (key0 === "candidate"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.traffic !== undefined){
if(!(validate69(data.traffic, {instancePath:instancePath+"/traffic",parentData:data,parentDataProperty:"traffic",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.stable !== undefined){
if(!(validate85(data.stable, {instancePath:instancePath+"/stable",parentData:data,parentDataProperty:"stable",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
if(data.candidate !== undefined){
if(!(validate85(data.candidate, {instancePath:instancePath+"/candidate",parentData:data,parentDataProperty:"candidate",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate117.errors = vErrors;
return errors === 0;
}
validate117.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema39 = {"description":"One thing that somebody does, or that happens.","type":"object","additionalProperties":false,"x-write":"for example `{ at: 1m30s, does: approve, who: ada }` or `{ after: 2m, agent: killed, for: 20s }`","properties":{"at":{"description":"Time from the start.","$ref":"#/$defs/duration"},"after":{"description":"Time from the new version's first request.","$ref":"#/$defs/duration"},"does":{"description":"What a person does.","enum":["promote","approve","reject","validate","pause","resume","advance","take back","waive","ask again","make exception","delegate","promote in emergency","confirm emergency","request change","edit change","approve change","reject change"],"x-write":"one of promote, approve, reject, validate, pause, resume, advance, take back, waive, ask again, make exception, delegate, promote in emergency, confirm emergency, request change, edit change, approve change, reject change"},"who":{"description":"The person: a member of a role in the project file, as a whole or without what follows the `@`. Left out: whoever may.","type":"string","pattern":"^[^\\s@]{1,100}(@[^\\s@]{1,100})?$","x-write":"a member from the project file, for example `ada`"},"why":{"description":"What the person writes, or the program answers.","$ref":"#/$defs/text"},"gate":{"description":"The gate that is waived, or whose program is asked again.","$ref":"#/$defs/name"},"to":{"description":"Who stands in, where somebody delegates.","type":"string","pattern":"^[^\\s@]{1,100}(@[^\\s@]{1,100})?$","x-write":"a member from the project file, for example `bo`"},"evidence":{"description":"All that this gate asks for is handed over. The gate is closed until then.","$ref":"#/$defs/name"},"webhook":{"description":"The program that this gate asks answers now, and at once from now on. It has not answered until then.","$ref":"#/$defs/name"},"answers":{"description":"What it answers.","enum":["pass","fail"],"default":"pass","x-write":"`pass` or `fail`"},"alarm":{"description":"An alarm of this name fires.","type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.-]{0,99}$","x-write":"the name of an alarm, for example `disk-full`"},"in":{"description":"The environment in which the alarm fires. Left out: the one before.","$ref":"#/$defs/name"},"agent":{"description":"The environment's agent dies and is started anew, or stands still.","enum":["killed","stopped"],"x-write":"`killed` or `stopped`"},"control-plane":{"description":"The control plane cannot be reached.","enum":["away"],"x-write":"`away`"},"for":{"description":"How long it lasts. Left out: for good; of what a person does: an hour for an exception, a day for a delegation or the window of a change.","$ref":"#/$defs/duration"},"clock":{"description":"The clocks on the wall are set, forward or back.","type":"string","pattern":"^[+-][1-9][0-9]{0,7}(ms|s|m|h|d)$","x-write":"a time with its sign in quotes, for example `\"+1h\"` or `\"-5m\"`"},"crash":{"description":"An instance of the new version of this service ends, and is started again.","$ref":"#/$defs/name"},"unhealthy":{"description":"The new version of this service fails its health check.","$ref":"#/$defs/name"}}};
const pattern13 = new RegExp("^[^\\s@]{1,100}(@[^\\s@]{1,100})?$", "u");
const pattern15 = new RegExp("^[A-Za-z][A-Za-z0-9_.-]{0,99}$", "u");
const pattern16 = new RegExp("^[+-][1-9][0-9]{0,7}(ms|s|m|h|d)$", "u");

function validate122(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate122.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema39.properties, key0))){
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
if(data.at !== undefined){
if(!(validate63(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.after !== undefined){
if(!(validate63(data.after, {instancePath:instancePath+"/after",parentData:data,parentDataProperty:"after",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.does !== undefined){
let data2 = data.does;
if(!((((((((((((((((((data2 === "promote") || (data2 === "approve")) || (data2 === "reject")) || (data2 === "validate")) || (data2 === "pause")) || (data2 === "resume")) || (data2 === "advance")) || (data2 === "take back")) || (data2 === "waive")) || (data2 === "ask again")) || (data2 === "make exception")) || (data2 === "delegate")) || (data2 === "promote in emergency")) || (data2 === "confirm emergency")) || (data2 === "request change")) || (data2 === "edit change")) || (data2 === "approve change")) || (data2 === "reject change"))){
const err1 = {instancePath:instancePath+"/does",schemaPath:"#/properties/does/enum",keyword:"enum",params:{allowedValues: schema39.properties.does.enum},message:"must be equal to one of the allowed values",schema:schema39.properties.does.enum,parentSchema:schema39.properties.does,data:data2};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.who !== undefined){
let data3 = data.who;
if(typeof data3 === "string"){
if(!pattern13.test(data3)){
const err2 = {instancePath:instancePath+"/who",schemaPath:"#/properties/who/pattern",keyword:"pattern",params:{pattern: "^[^\\s@]{1,100}(@[^\\s@]{1,100})?$"},message:"must match pattern \""+"^[^\\s@]{1,100}(@[^\\s@]{1,100})?$"+"\"",schema:"^[^\\s@]{1,100}(@[^\\s@]{1,100})?$",parentSchema:schema39.properties.who,data:data3};
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
const err3 = {instancePath:instancePath+"/who",schemaPath:"#/properties/who/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.who.type,parentSchema:schema39.properties.who,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.why !== undefined){
if(!(validate53(data.why, {instancePath:instancePath+"/why",parentData:data,parentDataProperty:"why",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.gate !== undefined){
if(!(validate57(data.gate, {instancePath:instancePath+"/gate",parentData:data,parentDataProperty:"gate",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
let data6 = data.to;
if(typeof data6 === "string"){
if(!pattern13.test(data6)){
const err4 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/pattern",keyword:"pattern",params:{pattern: "^[^\\s@]{1,100}(@[^\\s@]{1,100})?$"},message:"must match pattern \""+"^[^\\s@]{1,100}(@[^\\s@]{1,100})?$"+"\"",schema:"^[^\\s@]{1,100}(@[^\\s@]{1,100})?$",parentSchema:schema39.properties.to,data:data6};
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
const err5 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.to.type,parentSchema:schema39.properties.to,data:data6};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.evidence !== undefined){
if(!(validate57(data.evidence, {instancePath:instancePath+"/evidence",parentData:data,parentDataProperty:"evidence",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.webhook !== undefined){
if(!(validate57(data.webhook, {instancePath:instancePath+"/webhook",parentData:data,parentDataProperty:"webhook",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.answers !== undefined){
let data9 = data.answers;
if(!((data9 === "pass") || (data9 === "fail"))){
const err6 = {instancePath:instancePath+"/answers",schemaPath:"#/properties/answers/enum",keyword:"enum",params:{allowedValues: schema39.properties.answers.enum},message:"must be equal to one of the allowed values",schema:schema39.properties.answers.enum,parentSchema:schema39.properties.answers,data:data9};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.alarm !== undefined){
let data10 = data.alarm;
if(typeof data10 === "string"){
if(!pattern15.test(data10)){
const err7 = {instancePath:instancePath+"/alarm",schemaPath:"#/properties/alarm/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.-]{0,99}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.-]{0,99}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.-]{0,99}$",parentSchema:schema39.properties.alarm,data:data10};
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
const err8 = {instancePath:instancePath+"/alarm",schemaPath:"#/properties/alarm/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.alarm.type,parentSchema:schema39.properties.alarm,data:data10};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.in !== undefined){
if(!(validate57(data.in, {instancePath:instancePath+"/in",parentData:data,parentDataProperty:"in",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.agent !== undefined){
let data12 = data.agent;
if(!((data12 === "killed") || (data12 === "stopped"))){
const err9 = {instancePath:instancePath+"/agent",schemaPath:"#/properties/agent/enum",keyword:"enum",params:{allowedValues: schema39.properties.agent.enum},message:"must be equal to one of the allowed values",schema:schema39.properties.agent.enum,parentSchema:schema39.properties.agent,data:data12};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data["control-plane"] !== undefined){
let data13 = data["control-plane"];
if(!(data13 === "away")){
const err10 = {instancePath:instancePath+"/control-plane",schemaPath:"#/properties/control-plane/enum",keyword:"enum",params:{allowedValues: schema39.properties["control-plane"].enum},message:"must be equal to one of the allowed values",schema:schema39.properties["control-plane"].enum,parentSchema:schema39.properties["control-plane"],data:data13};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.for !== undefined){
if(!(validate63(data.for, {instancePath:instancePath+"/for",parentData:data,parentDataProperty:"for",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.clock !== undefined){
let data15 = data.clock;
if(typeof data15 === "string"){
if(!pattern16.test(data15)){
const err11 = {instancePath:instancePath+"/clock",schemaPath:"#/properties/clock/pattern",keyword:"pattern",params:{pattern: "^[+-][1-9][0-9]{0,7}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[+-][1-9][0-9]{0,7}(ms|s|m|h|d)$"+"\"",schema:"^[+-][1-9][0-9]{0,7}(ms|s|m|h|d)$",parentSchema:schema39.properties.clock,data:data15};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/clock",schemaPath:"#/properties/clock/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.clock.type,parentSchema:schema39.properties.clock,data:data15};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.crash !== undefined){
if(!(validate57(data.crash, {instancePath:instancePath+"/crash",parentData:data,parentDataProperty:"crash",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.unhealthy !== undefined){
if(!(validate57(data.unhealthy, {instancePath:instancePath+"/unhealthy",parentData:data,parentDataProperty:"unhealthy",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate122.errors = vErrors;
return errors === 0;
}
validate122.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema40 = {"description":"How it should end.","type":"object","additionalProperties":false,"required":["ends"],"properties":{"ends":{"description":"How; a list where more than one will do.","type":["string","array"],"x-write":"for example `rolled back`, or `[succeeded, held]`","if":{"type":"array"},"then":{"minItems":1,"maxItems":10,"items":{"$ref":"#/$defs/ending"}},"else":{"$ref":"#/$defs/ending"}},"by":{"description":"The rule, or who: what took it back, or holds it.","enum":["health","early stop","contract","latency","person","judge lost","insufficient evidence","smoke tests","start"],"x-write":"one of health, early stop, contract, latency, person, judge lost, insufficient evidence, smoke tests, start"},"within":{"description":"The decision falls no later than this, from the start.","$ref":"#/$defs/duration"},"met-at-most":{"description":"So many requests at most met the new version.","type":"integer","minimum":0,"maximum":1000000000,"x-write":"a whole number"}}};
const schema41 = {"description":"How a promotion can end, or stand when the time is up.","enum":["succeeded","rolled back","rollback failed","held","waiting","refused","rejected","withdrawn","superseded","running"],"x-write":"one of succeeded, rolled back, held, waiting, rejected"};

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
if(!((((((((((data === "succeeded") || (data === "rolled back")) || (data === "rollback failed")) || (data === "held")) || (data === "waiting")) || (data === "refused")) || (data === "rejected")) || (data === "withdrawn")) || (data === "superseded")) || (data === "running"))){
const err0 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema41.enum},message:"must be equal to one of the allowed values",schema:schema41.enum,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate135.errors = vErrors;
return errors === 0;
}
validate135.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate134(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate134.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ends === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ends"},message:"must have required property '"+"ends"+"'",schema:schema40.required,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "ends") || (key0 === "by")) || (key0 === "within")) || (key0 === "met-at-most"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.ends !== undefined){
let data0 = data.ends;
if((typeof data0 !== "string") && (!(Array.isArray(data0)))){
const err2 = {instancePath:instancePath+"/ends",schemaPath:"#/properties/ends/type",keyword:"type",params:{type: schema40.properties.ends.type},message:"must be string,array",schema:schema40.properties.ends.type,parentSchema:schema40.properties.ends,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const _errs4 = errors;
let valid1 = true;
const _errs5 = errors;
if(!(Array.isArray(data0))){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs5 === errors;
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs7 = errors;
if(Array.isArray(data0)){
if(data0.length > 10){
const err4 = {instancePath:instancePath+"/ends",schemaPath:"#/properties/ends/then/maxItems",keyword:"maxItems",params:{limit: 10},message:"must NOT have more than 10 items",schema:10,parentSchema:schema40.properties.ends.then,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data0.length < 1){
const err5 = {instancePath:instancePath+"/ends",schemaPath:"#/properties/ends/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema40.properties.ends.then,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
if(!(validate135(data0[i0], {instancePath:instancePath+"/ends/" + i0,parentData:data0,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
}
}
var _valid0 = _errs7 === errors;
valid1 = _valid0;
ifClause0 = "then";
}
else {
const _errs9 = errors;
if(!(validate135(data0, {instancePath:instancePath+"/ends",parentData:data,parentDataProperty:"ends",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
var _valid0 = _errs9 === errors;
valid1 = _valid0;
ifClause0 = "else";
}
if(!valid1){
const err6 = {instancePath:instancePath+"/ends",schemaPath:"#/properties/ends/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema40.properties.ends.if,parentSchema:schema40.properties.ends,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.by !== undefined){
let data2 = data.by;
if(!(((((((((data2 === "health") || (data2 === "early stop")) || (data2 === "contract")) || (data2 === "latency")) || (data2 === "person")) || (data2 === "judge lost")) || (data2 === "insufficient evidence")) || (data2 === "smoke tests")) || (data2 === "start"))){
const err7 = {instancePath:instancePath+"/by",schemaPath:"#/properties/by/enum",keyword:"enum",params:{allowedValues: schema40.properties.by.enum},message:"must be equal to one of the allowed values",schema:schema40.properties.by.enum,parentSchema:schema40.properties.by,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.within !== undefined){
if(!(validate63(data.within, {instancePath:instancePath+"/within",parentData:data,parentDataProperty:"within",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data["met-at-most"] !== undefined){
let data4 = data["met-at-most"];
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err8 = {instancePath:instancePath+"/met-at-most",schemaPath:"#/properties/met-at-most/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema40.properties["met-at-most"].type,parentSchema:schema40.properties["met-at-most"],data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000000000 || isNaN(data4)){
const err9 = {instancePath:instancePath+"/met-at-most",schemaPath:"#/properties/met-at-most/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema40.properties["met-at-most"],data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err10 = {instancePath:instancePath+"/met-at-most",schemaPath:"#/properties/met-at-most/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema40.properties["met-at-most"],data:data4};
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
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.type,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate134.errors = vErrors;
return errors === 0;
}
validate134.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern8 = new RegExp("^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?Z$", "u");

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:rung:scenario:1" */;
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
if(data.scenario === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "scenario"},message:"must have required property '"+"scenario"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.title === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.to === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema19.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.scenario !== undefined){
let data0 = data.scenario;
if(1 !== data0){
const err4 = {instancePath:instancePath+"/scenario",schemaPath:"#/properties/scenario/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant",schema:1,parentSchema:schema19.properties.scenario,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.title !== undefined){
if(!(validate53(data.title, {instancePath:instancePath+"/title",parentData:data,parentDataProperty:"title",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.about !== undefined){
if(!(validate55(data.about, {instancePath:instancePath+"/about",parentData:data,parentDataProperty:"about",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate57(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.release !== undefined){
if(!(validate59(data.release, {instancePath:instancePath+"/release",parentData:data,parentDataProperty:"release",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
if(data.start !== undefined){
if(!(validate61(data.start, {instancePath:instancePath+"/start",parentData:data,parentDataProperty:"start",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.begins !== undefined){
let data6 = data.begins;
if(typeof data6 === "string"){
if(!pattern8.test(data6)){
const err5 = {instancePath:instancePath+"/begins",schemaPath:"#/properties/begins/pattern",keyword:"pattern",params:{pattern: "^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?Z$"},message:"must match pattern \""+"^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?Z$"+"\"",schema:"^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?Z$",parentSchema:schema19.properties.begins,data:data6};
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
const err6 = {instancePath:instancePath+"/begins",schemaPath:"#/properties/begins/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema19.properties.begins.type,parentSchema:schema19.properties.begins,data:data6};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.seed !== undefined){
let data7 = data.seed;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err7 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema19.properties.seed.type,parentSchema:schema19.properties.seed,data:data7};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 1000000000 || isNaN(data7)){
const err8 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema19.properties.seed,data:data7};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err9 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema19.properties.seed,data:data7};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.duration !== undefined){
if(!(validate63(data.duration, {instancePath:instancePath+"/duration",parentData:data,parentDataProperty:"duration",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
if(data.traffic !== undefined){
if(!(validate69(data.traffic, {instancePath:instancePath+"/traffic",parentData:data,parentDataProperty:"traffic",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.stable !== undefined){
if(!(validate85(data.stable, {instancePath:instancePath+"/stable",parentData:data,parentDataProperty:"stable",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
if(data.candidate !== undefined){
if(!(validate85(data.candidate, {instancePath:instancePath+"/candidate",parentData:data,parentDataProperty:"candidate",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
if(data.before !== undefined){
if(!(validate112(data.before, {instancePath:instancePath+"/before",parentData:data,parentDataProperty:"before",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate112.errors : vErrors.concat(validate112.errors);
errors = vErrors.length;
}
}
if(data.services !== undefined){
let data13 = data.services;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key1 in data13){
const _errs19 = errors;
if(!(validate57(key1, {instancePath:instancePath+"/services",parentData:data13,parentDataProperty:"services",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
var valid1 = _errs19 === errors;
if(!valid1){
const err10 = {instancePath:instancePath+"/services",schemaPath:"#/properties/services/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema19.properties.services.propertyNames,parentSchema:schema19.properties.services,data:data13};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
for(const key2 in data13){
if(!(validate117(data13[key2], {instancePath:instancePath+"/services/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data13,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate117.errors : vErrors.concat(validate117.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/services",schemaPath:"#/properties/services/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.properties.services.type,parentSchema:schema19.properties.services,data:data13};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.smoke !== undefined){
let data15 = data.smoke;
if(!((data15 === "pass") || (data15 === "fail"))){
const err12 = {instancePath:instancePath+"/smoke",schemaPath:"#/properties/smoke/enum",keyword:"enum",params:{allowedValues: schema19.properties.smoke.enum},message:"must be equal to one of the allowed values",schema:schema19.properties.smoke.enum,parentSchema:schema19.properties.smoke,data:data15};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.happens !== undefined){
let data16 = data.happens;
if(Array.isArray(data16)){
if(data16.length > 200){
const err13 = {instancePath:instancePath+"/happens",schemaPath:"#/properties/happens/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items",schema:200,parentSchema:schema19.properties.happens,data:data16};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data16.length;
for(let i0=0; i0<len0; i0++){
if(!(validate122(data16[i0], {instancePath:instancePath+"/happens/" + i0,parentData:data16,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/happens",schemaPath:"#/properties/happens/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema19.properties.happens.type,parentSchema:schema19.properties.happens,data:data16};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.expect !== undefined){
let data18 = data.expect;
if((typeof data18 !== "string") && (!(data18 && typeof data18 == "object" && !Array.isArray(data18)))){
const err15 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/type",keyword:"type",params:{type: schema19.properties.expect.type},message:"must be string,object",schema:schema19.properties.expect.type,parentSchema:schema19.properties.expect,data:data18};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const _errs28 = errors;
let valid5 = true;
const _errs29 = errors;
if(!(data18 && typeof data18 == "object" && !Array.isArray(data18))){
const err16 = {};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid0 = _errs29 === errors;
errors = _errs28;
if(vErrors !== null){
if(_errs28){
vErrors.length = _errs28;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs31 = errors;
if(!(validate134(data18, {instancePath:instancePath+"/expect",parentData:data,parentDataProperty:"expect",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate134.errors : vErrors.concat(validate134.errors);
errors = vErrors.length;
}
var _valid0 = _errs31 === errors;
valid5 = _valid0;
ifClause0 = "then";
}
else {
const _errs32 = errors;
if(!(validate135(data18, {instancePath:instancePath+"/expect",parentData:data,parentDataProperty:"expect",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
errors = vErrors.length;
}
var _valid0 = _errs32 === errors;
valid5 = _valid0;
ifClause0 = "else";
}
if(!valid5){
const err17 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema19.properties.expect.if,parentSchema:schema19.properties.expect,data:data18};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
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
