/* Databases of MaxMind's format, as BIND uses them (lib/dns/geoip2.c). */
#pragma once

#include "model/geo.h"

geo_networks_fn geoip_networks;
