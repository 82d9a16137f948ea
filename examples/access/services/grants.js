import { serve } from './serve.js';

serve('grants', [
  { person: 'ada', may: 'approve' },
  { person: 'bo', may: 'deploy' },
]);
