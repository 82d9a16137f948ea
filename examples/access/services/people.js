import { serve } from './serve.js';

serve('people', ['ada', 'bo']);
