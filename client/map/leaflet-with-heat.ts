/** Leaflet with leaflet.heat: the plugin is a plain script that looks for the global `L`, which Leaflet sets when it loads. */
import L from 'leaflet';
import 'leaflet.heat';
import 'leaflet/dist/leaflet.css';

export { L };
