import { chapter } from '../explanation.ts';

export const asking = chapter(
  {
    title: 'Webhooks and alarms that are asked',
    form: 'failure',
    look: [
      '`rung why RELEASE --to ENVIRONMENT` says what was asked, when, and what came back.',
      '`rung alarm list` shows alarms, and sources that cannot be read.',
    ],
    leaves: 'The gate stays closed, and the promotion waits.',
  },
  {
    'gate-not-asked': {
      kind: 'absent',
      title: 'The environment has no webhook of this name',
      because: 'No gate of the step is a webhook that is called so.',
      wayOut:
        'Take a name that the failure lists, or see what it asks for: `rung why RELEASE --to ENVIRONMENT`',
    },
    'question-open': {
      kind: 'conflict',
      title: 'The webhook was asked already and may still answer',
      because: 'One question stands at a time.',
      wayOut: 'Wait for its answer; the failure says until when at the most.',
      again: 'Asking again helps once that time is over.',
    },
    'question-answered': {
      kind: 'conflict',
      title: 'The question was answered already',
      because: 'The first answer counts, and this one came after it.',
      leaves: 'The first answer stands.',
      wayOut: 'Nothing to do for the one who answers. Whoever wants another answer asks again.',
    },
    'question-closed': {
      kind: 'conflict',
      title: 'The time to answer the question is over',
      because: 'The answer came after the `timeout` of the gate.',
      wayOut: 'Wait to be asked again. Give the gate a longer `timeout` in rung.yaml if this happens often.',
    },
    'callback-refused': {
      kind: 'denied',
      title: 'The answer of a webhook is not let in',
      because: 'It comes without the token of its question, or with that of an earlier one.',
      wayOut:
        'Send the token of the latest request as `Authorization: Bearer TOKEN`; it stands there under `callback`.',
    },
    'no-answer': {
      title: 'The webhook gave no answer in its time',
      because: [
        'It could not be reached, or answered 429 or 5xx, at each try until the `timeout` of the gate was over.',
        'It took the question in (202, or `pending`) and did not call back in time.',
        'Its answer came after the `timeout`.',
      ],
      look: [
        '`rung why RELEASE --to ENVIRONMENT` says what went wrong with the latest try.',
        'The log of that program; each request names its question and a nonce, which stays the same when it is sent again.',
      ],
      wayOut: [
        'Mend what keeps it from answering, or give the gate a longer `timeout` in rung.yaml (30 s unless written).',
        'Ask again: `rung gate ask GATE RELEASE --to ENVIRONMENT`',
      ],
      again: 'It is not asked again by itself once its time is over. No answer is no pass.',
      see: ['gate-webhook'],
    },
    'alarm-token-absent': {
      kind: 'absent',
      title: 'There is no token for the source of alarms',
      because:
        'rung.yaml names a file or a variable for it, and on the machine of the control plane it is not there.',
      wayOut: 'Put it there; it is read anew with each look.',
      again: 'The source is looked at again by itself.',
    },
    'alarms-refused': {
      kind: 'denied',
      title: 'The source of alarms refuses to tell',
      because: 'The token is missing or wrong, or may not read alerts.',
      wayOut: 'See that the token named under `alarms` in rung.yaml is there and may read alerts.',
      again: 'The source is looked at again by itself.',
    },
    'alarms-unreachable': {
      kind: 'unavailable',
      title: 'The source of alarms cannot be reached',
      because: 'It does not run, its address is wrong, or something between lets nothing through.',
      wayOut:
        'See that it runs, and that its address in rung.yaml is right. No answer never counts as no alarm.',
      again: 'The source is looked at again by itself.',
    },
    'alarms-unreadable': {
      kind: 'unavailable',
      title: 'What the source of alarms answers cannot be read',
      because: [
        'It answered with a status other than 200, 401 or 403: the address has a path too many, or is that of something else.',
        'It answered with no JSON, as a sign-in page or a proxy does, or not as Prometheus or Alertmanager do.',
        'It answered with more than 16 MB.',
      ],
      look: [
        '`rung alarm list ENVIRONMENT` names the source and says which of these it is.',
        'What it answers: `curl ADDRESS/api/v1/alerts` (Prometheus), `curl ADDRESS/api/v2/alerts` (Alertmanager).',
      ],
      leaves:
        'The alarms stand as they were seen last. Gates that look at them are closed: not to know is never "no alarm".',
      wayOut: [
        'Write the address of its API into rung.yaml, without a path, and `prometheus` or `alertmanager` as it is.',
        'Where there are too many alarms, ask for fewer: `labels` or `matchers`.',
      ],
      again: 'It is looked at again every 30 s.',
    },
    'reply-too-large': {
      title: 'The webhook replied with too much',
      because: 'Only a short verdict is read.',
      wayOut: 'Let it answer with the verdict and a link to the rest.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'address-refused': {
      title: 'The webhook is not asked over plain http',
      because:
        'Its address is on another machine, where what is asked and answered could be read and changed on the way.',
      wayOut: 'Give it an https address in rung.yaml.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'reply-redirect': {
      title: 'The webhook replied with a redirect',
      because: 'Redirects are not followed: nobody has declared where they lead.',
      wayOut: 'Put the address that it redirects to into rung.yaml.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'reply-status': {
      title: 'The webhook replied with a status that is no answer',
      because:
        'It refused the request, or there is nothing at the address; the status and what it wrote stand with it.',
      wayOut: 'Mend what its reply says: the address, its access, or the program.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'reply-not-json': {
      title: 'The webhook did not reply with JSON',
      because: 'A sign-in page or a proxy often answers HTML in place of the program.',
      wayOut: 'Let the program itself answer, with `content-type: application/json`.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
    'reply-not-understood': {
      title: 'The webhook replied with JSON that holds no verdict',
      because:
        '`verdict` is missing or not one of those that count, or `reason` or `url` is not what it should be.',
      wayOut:
        'Let it answer with a `verdict`, a `reason` as text, and a `url` that is an http or https link.',
      again: 'Asking again helps once the webhook answers as it should.',
    },
  },
);
