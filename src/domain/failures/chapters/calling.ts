import { chapter } from '../explanation.ts';

export const calling = chapter(
  {
    title: 'The HTTP API and the live stream',
    form: 'failure',
    look: '`/api/openapi.json` describes every route; the log of the control plane has what it refused.',
    leaves: 'Nothing was changed.',
  },
  {
    'request-invalid': {
      kind: 'invalid',
      title: 'A part of the request is not valid',
      because:
        'The path, the query or the body does not fit the description of the route; each problem is listed.',
      wayOut: 'Put right what is listed under `problems`, and send it again.',
    },
    'body-too-large': {
      kind: 'invalid',
      title: 'The body is larger than the route takes',
      because: 'Every route has a limit.',
      wayOut: 'Send less, or raise the limit where the control plane is configured.',
    },
    'body-too-deep': {
      kind: 'invalid',
      title: 'The body lies too deep in itself',
      because: 'Objects and lists are in each other, more often than any route asks for.',
      wayOut: 'Send what the description of the route asks for.',
    },
    'address-too-long': {
      kind: 'invalid',
      title: 'The address is too long',
      because: 'Path and query together have a limit.',
      wayOut: 'Ask for less at once, or send it in the body.',
    },
    'address-unreadable': {
      kind: 'invalid',
      title: 'The address cannot be read',
      because: 'A `%` in it is not followed by two hexadecimal digits, or what these say is not UTF-8.',
      wayOut: 'Write `%` as `%25`, and other characters in UTF-8.',
    },
    'headers-too-large': {
      kind: 'invalid',
      title: 'The headers are too many or too large',
      because:
        'Their number and their size have limits. In a browser it may be the cookies of other programs.',
      wayOut: 'Send fewer, or shorter ones. In a browser, delete the cookies of this address.',
    },
    'request-too-slow': {
      kind: 'invalid',
      title: 'The request did not arrive in time',
      because: 'Whoever sent it paused in the middle, or the network did.',
      wayOut: 'Send it again.',
    },
    'request-unreadable': {
      kind: 'invalid',
      title: 'What came in is no HTTP request',
      because:
        'It breaks the rules of HTTP/1.1, says twice and differently how long it is, or has a header twice that can count once.',
      wayOut: 'Speak HTTP/1.1, with one length for each body.',
    },
    'caller-gone': {
      kind: 'interrupted',
      title: 'Whoever asked went away in the middle of asking',
      because: 'The connection ended before the whole request had come.',
      wayOut: 'Ask again.',
    },
    'method-unknown': {
      kind: 'invalid',
      title: 'The path is there, and does not take this method',
      because: 'The header `allow` of the answer lists those that it takes.',
      wayOut: 'Look the route up in `/api/openapi.json`.',
    },
    'calls-too-many': {
      kind: 'limited',
      title: 'Too many requests in a short time',
      because: 'Each person, each token, and each address that proves nothing is held to a rate.',
      wayOut: 'Wait as long as the header `retry-after` says, and go slower.',
    },
    busy: {
      kind: 'unavailable',
      title: 'The control plane works on as many requests as it can',
      because: 'Many came at once, or what they wait for is slow.',
      wayOut: 'Try again in a second. Where it lasts, see in the log what is slow.',
    },
    'body-unreadable': {
      kind: 'invalid',
      title: 'The body is no JSON',
      because: 'It is broken, cut off, or its length is not what was announced.',
      wayOut: 'Send one JSON document, in UTF-8.',
    },
    'media-type-unknown': {
      kind: 'invalid',
      title: 'The route does not take this content type',
      because: 'The header `content-type` names another than the route reads.',
      wayOut: 'Send JSON with `content-type: application/json`, artifacts with `application/octet-stream`.',
    },
    'route-unknown': {
      kind: 'absent',
      title: 'There is nothing at this path',
      because: [
        'The path or the method is wrong, or the two programs are of different versions.',
        'Figures for Prometheus are given to programs on the same machine alone.',
      ],
      wayOut: 'Look the route up in `/api/openapi.json`; let agent and control plane be of the same version.',
    },
    'host-foreign': {
      kind: 'invalid',
      title: 'The request names a host that Rung does not answer for',
      because:
        'The name in the address is not one that Rung listens by; a page elsewhere may try to reach it.',
      wayOut:
        'Use the address that Rung printed when it started, or configure the public address that it is reached by.',
    },
    'origin-foreign': {
      kind: 'denied',
      title: 'The request comes from a page that is not Rung’s',
      because: 'A browser sent it from another site, and only pages of this Rung may change anything.',
      wayOut: 'Open the board anew from the address that Rung printed. Programs send a token instead.',
    },
    'idempotency-key-invalid': {
      kind: 'invalid',
      title: 'The Idempotency-Key cannot be used',
      because: 'It is empty, too long, or has characters that are not visible ASCII.',
      wayOut: 'Send 1 to 200 visible ASCII characters, for example a UUID.',
    },
    'idempotency-key-reused': {
      kind: 'conflict',
      title: 'The Idempotency-Key was used for another request',
      because: 'One key stands for one request with one body.',
      wayOut: 'Use a new key for each thing you ask for. Send the same body where you try the same again.',
    },
    'secret-shown-once': {
      kind: 'conflict',
      title: 'What was made is shown only once',
      because: 'The request was done before, under the same key, and answered then.',
      leaves: 'What it made is there.',
      wayOut: 'If you did not get it, revoke it (`rung token revoke ID`) and make another under a new key.',
    },
    'streams-too-many': {
      kind: 'limited',
      title: 'Too many pages follow the log at once',
      because: 'Each open board holds a stream, and their number is limited.',
      wayOut: 'Close some pages, or try again in a while.',
    },
    'stream-closed': {
      kind: 'interrupted',
      title: 'The reader of a live stream has gone',
      because: 'The page was closed, or its machine sleeps.',
      wayOut: 'Nothing to do: a reader resumes where it was.',
    },
    'stream-ended': {
      kind: ['interrupted', 'unavailable'],
      title: 'The live stream ended',
      because: 'The control plane ended or was started again, or something between closed it.',
      leaves: 'The rollout itself goes on; only the showing of it ended.',
      wayOut: 'Most readers connect again by themselves; else `rung watch ENVIRONMENT`.',
    },
    'stream-silent': {
      kind: 'interrupted',
      title: 'The live stream has fallen silent',
      because: 'Not even a sign of life came: the connection is dead without either side having closed it.',
      leaves: 'The rollout itself goes on.',
      wayOut: 'Nothing to do: the reader connects again and resumes where it was.',
    },
    'stream-cut': {
      kind: 'interrupted',
      title: 'The live stream was cut',
      because: 'The connection broke.',
      leaves: 'The rollout itself goes on.',
      wayOut: 'Nothing to do: the reader connects again and resumes where it was.',
    },
    'rung-unreachable': {
      kind: 'unavailable',
      title: 'Rung does not answer at the address',
      because: 'It does not run, the address is wrong, or something between lets nothing through.',
      leaves: 'If the connection broke in the middle, what was asked for may have been done.',
      wayOut: [
        'Check that it runs (`rung up`) and that the address is right.',
        'Look with `rung status` before you ask again.',
      ],
    },
    'answer-foreign': {
      kind: ['unavailable', 'invalid'],
      title: 'What answers is not Rung',
      because: 'A proxy, a sign-in page or another program stands at the address.',
      leaves: 'Nobody can say whether the request reached Rung.',
      wayOut: 'Check the address, and what stands between here and Rung.',
    },
    'answer-empty': {
      kind: 'defect',
      title: 'The control plane answered with nothing',
      because: 'A fault in Rung, or something between has taken the body away.',
      leaves: 'What was asked for may have been done; `rung status` says how things are.',
      wayOut: 'See that nothing between here and Rung changes answers; else report it.',
    },
  },
);
