// Every screen by day.
import { tour } from '../world/tour.mjs';

tour('day', 'light');
