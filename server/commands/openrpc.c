/* palabre openrpc: prints the OpenRPC document made from the command tables.
 *
 * The same document as GET /openrpc.json and rpc.discover; the web client's types are generated from it at build time.
 * It needs no folder. */
#include <stdio.h>

#include "assembly/assembly.h"
#include "server/commands/commands.h"
#include "server/commands/options.h"

int command_openrpc(int argc, char **argv)
{
    static const struct usage usage = {
        .line = "openrpc",
        .about = "Prints the description of every method, error and document (OpenRPC, JSON).",
    };
    int code = options_read(&usage, argc, argv, NULL);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    json_t *description = openrpc_document();
    struct buffer text;
    buffer_init(&text, 16 << 20);
    json_write(&text, description);
    buffer_append_text(&text, "\n");
    bool written = fwrite(text.data, 1, text.size, stdout) == text.size && fflush(stdout) == 0;
    buffer_free(&text);
    json_decref(description);
    return written ? 0 : 1;
}
