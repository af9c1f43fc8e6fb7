-- Which neighbourhoods a place may lie in is found by their boxes: there are some four thousand.
drop index neighbourhoods_south;
create index neighbourhoods_box on neighbourhoods using gist (box(point(west, south), point(east, north)));
