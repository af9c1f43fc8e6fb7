/** Leaflet with its styles: the one place it is imported from. */
import L from 'leaflet';
import './leaflet.css';

export { L };
