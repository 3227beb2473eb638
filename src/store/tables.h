/* Every table of the folder, with the layout of its keys and values. Integers are big-endian, ids 16 bytes, hashes 32.
 *
 *  table        key                                   value
 *  META         name (ASCII)                          by name: format u32, projection u32, feed_epoch text, and of the
 *                                                     ledger: org id, origin text, public key (the secret is in DIR/ledger.key);
 *                                                     of each later epoch n: "epoch/<n>" seq u64, "handover/<n>" a note
 *  LEAF         seq u64                               leaf[59]                                       (append only)
 *  OPENING      seq u64                               salt[32] ‖ payload
 *  NOTE         seq u64                               salt[32] ‖ text
 *  NODE         level u8 ‖ index u64                  hash[32] of a complete subtree; level 0 = leaf hashes
 *  CHECKPOINT   size u64                              signed note text                               (append only)
 *  RECORD       prefix u8 ‖ …                         what judging events needs; layouts in ledger/record.c
 *  DOCUMENT     kind u8 ‖ id                          the JSON that clients receive
 *  PLACE        kind u8 ‖ id                          n × (topic[17] ‖ rev u64 ‖ gone u8): the topics a document stands in
 *  TOPIC        topic kind u8 ‖ id ‖ rev u64 ‖ document kind u8 ‖ id    gone u8 (1 = left the topic)
 *  NUMBER       kind u8 ‖ text                        id: short numbers people see
 *  INDEX        prefix u8 ‖ …                         lists and look-ups made by the concepts; layouts in assembly/kinds.h
 *  ANSWER       by id ‖ command id                    digest[32] ‖ seq u64: commands already carried out
 *  SECRET       prefix u8 ‖ …                         not in the record: invitations, sessions, lot secrets, answers (assembly/kinds.h)
 *  PERSONAL     member id ‖ part u8 ‖ …               not in the record: drafts, read marks, notifications, preferences
 *                                                     (layouts in assembly/personal.c)
 */
#ifndef PALABRE_STORE_TABLES_H
#define PALABRE_STORE_TABLES_H

enum table {
    TABLE_META,
    TABLE_LEAF,
    TABLE_OPENING,
    TABLE_NOTE,
    TABLE_NODE,
    TABLE_CHECKPOINT,
    TABLE_RECORD,
    TABLE_DOCUMENT,
    TABLE_PLACE,
    TABLE_TOPIC,
    TABLE_NUMBER,
    TABLE_INDEX,
    TABLE_ANSWER,
    TABLE_SECRET,
    TABLE_PERSONAL,
    TABLE_COUNT /* number of tables */
};

enum { STORE_FORMAT = 1 }; /* of META "format"; a greater one is refused */

#endif
