/* One organisation's folder: the store, the ledger key (DIR/ledger.key, mode 0600) and the assembly in it. */
#ifndef PALABRE_SERVER_ENGINE_FOLDER_H
#define PALABRE_SERVER_ENGINE_FOLDER_H

#include "assembly/assembly.h"
#include "server/engine/batch.h"

enum { FOLDER_MESSAGE_SIZE = 256 }; /* bytes of the English sentence on failure */

struct folder {
    char *dir;
    struct store *store;
    struct assembly *assembly;
    struct key_pair key;
    struct store_txn *txn; /* the write transaction of the batch that runs; else NULL */
    uint64_t now_ms;       /* of that batch */
    unsigned year;
    uint64_t next_due_ms; /* as of the last commit */
    bool has_next_due;
    uint64_t readers_seen_ms; /* monotonic: when dead readers were last looked for */
};

/* How far a rebuild has come; NULL = say nothing. */
typedef void (*folder_progress)(void *context, uint64_t done, uint64_t total);

/* Makes a new organisation's folder. The folder may exist if it is empty; an organisation in it is refused (CONFLICT). */
enum error folder_create(const char *dir, const struct assembly_founding *founding,
                         char message[FOLDER_MESSAGE_SIZE]);
/* Opens for writing (takes the lock). The caller closes. */
enum error folder_open(const char *dir, folder_progress progress, void *context,
                       struct folder **folder, char message[FOLDER_MESSAGE_SIZE]);
/* With another size of the store's map (bytes; 0 = the usual one). */
enum error folder_open_sized(const char *dir, uint64_t map_bytes, folder_progress progress,
                             void *context, struct folder **folder,
                             char message[FOLDER_MESSAGE_SIZE]);
void folder_close(struct folder *folder);
/* The public half of DIR/ledger.key; false = there is none that can be used. */
bool folder_public_key(const char *dir, struct hash *key);
/* A ledger key out of a file, as DIR/ledger.key holds it; a new one into DIR; a given one into DIR. */
enum error folder_key_read(const char *path, struct key_pair *key,
                           char message[FOLDER_MESSAGE_SIZE]);
enum error folder_key_create(const char *dir, struct key_pair *key,
                             char message[FOLDER_MESSAGE_SIZE]);
enum error folder_key_write(const char *dir, const struct key_pair *key,
                            char message[FOLDER_MESSAGE_SIZE]);
/* Executes what is due by now_ms; false = the store failed. */
bool folder_run_due(struct folder *folder, uint64_t now_ms);
/* Appends a JSON array of all documents of a topic (of the newest 200 of a windowed one). out: FOLDER_TOPIC_MAX. */
enum { FOLDER_TOPIC_MAX = 64 << 20 };
void folder_topic(struct store_txn *txn, struct topic topic, struct buffer *out);
/* The organisation's time zone into zone; "UTC" when it has none. */
void folder_zone(struct folder *folder, char zone[64]);

/* Batches on a folder: context is the struct folder. One thread at a time. */
extern const struct batch_calls folder_calls;

#endif
