// Every screen in the evening.
import { tour } from '../world/tour.mjs';

tour('evening', 'dark');
