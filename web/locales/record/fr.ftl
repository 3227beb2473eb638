# Les mots de ce que l’on dit quand le registre n’est pas ce que cet appareil connaissait.

alarm-title = Le registre n’est pas celui que cet appareil connaissait
alarm-key-changed = Le serveur présente une autre clé de sceau que celle apprise à votre arrivée.
alarm-smaller = Le registre est plus court qu’avant : des entrées manquent.
alarm-inconsistent = Le serveur n’a pas pu prouver que le registre n’a fait que grandir.
alarm-bad-seal = Le sceau du registre n’est pas bon.
alarm-unknown-history = Le serveur ne connaît pas le registre que cet appareil a vu.
alarm-bad-receipt = Un reçu n’a pas passé la vérification de cet appareil.
alarm-lost = Le serveur a été restauré depuis une sauvegarde : les entrées { $from } à { $to } du registre, que cet appareil connaissait, n’existent plus. Un vote ou un texte de ce moment-là est à refaire.
alarm-definition = La question de ce vote ne correspond pas à ce que l’on signerait.
alarm-advice = Enregistrez les deux sceaux et montrez-les à l’animation, à un scrutateur ou à un autre membre avant de signer quoi que ce soit.
alarm-save = Enregistrer les deux sceaux
alarm-looked = J’ai examiné cela
