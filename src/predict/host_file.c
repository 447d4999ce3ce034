#include "predict/host_file.h"

#include <jansson.h>

bool
host_add(struct arena *a, host_addresses *v, const char *text)
{
	struct host_address h = { .device = { "", 0 } };

	if (!prefix_parse(slice_of(text), &h.prefix))
		return false;
	*VEC_PUSH(a, v) = h;
	return true;
}

static void
add_device(struct arena *a, host_addresses *v, const json_t *device)
{
	const char *name =
		json_string_value(json_object_get(device, "ifname"));
	const json_t *list = json_object_get(device, "addr_info");
	size_t i;
	const json_t *info;

	json_array_foreach(list, i, info) {
		const char *local =
			json_string_value(json_object_get(info, "local"));
		json_int_t len =
			json_integer_value(json_object_get(info, "prefixlen"));
		struct host_address h = { .prefix.len = (unsigned)len };

		if (local == NULL || len < 0 || len > 128 ||
		    !addr_parse(slice_of(local), &h.prefix.addr))
			continue;
		h.device = arena_slice(a, slice_of(name));
		*VEC_PUSH(a, v) = h;
	}
}

bool
host_add_file(struct arena *a, host_addresses *v, const char *path,
	      const char **why)
{
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error);
	size_t i;
	const json_t *device;

	if (root == NULL) {
		*why = error.line > 0
			       ? arena_printf(a, "%s:%d: %s", path, error.line,
					      error.text)
			       : arena_strdup(a, slice_of(error.text));
		return false;
	}
	if (!json_is_array(root)) {
		*why = arena_printf(a,
				    "%s: this is not what 'ip -json address' "
				    "prints",
				    path);
		json_decref(root);
		return false;
	}
	json_array_foreach(root, i, device)
		add_device(a, v, device);
	json_decref(root);
	return true;
}
