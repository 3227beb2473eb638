# De woorden voor wanneer het register niet is wat dit toestel kende.

alarm-title = Het register is niet wat dit toestel kende
alarm-key-changed = De server toont een andere zegelsleutel dan die van toen je binnenkwam.
alarm-smaller = Het register is korter dan voorheen: er ontbreken vermeldingen.
alarm-inconsistent = De server kon niet bewijzen dat het register alleen groeide.
alarm-bad-seal = Het zegel van het register klopt niet.
alarm-unknown-history = De server kent het register niet dat dit toestel zag.
alarm-bad-receipt = Een ontvangstbewijs doorstond de controle van dit toestel niet.
alarm-lost = De server werd hersteld uit een back-up: de vermeldingen { $from } tot { $to } van het register, die dit toestel kende, zijn weg. Een stem of tekst uit die tijd moet opnieuw.
alarm-definition = De vraag van deze stemming past niet bij wat men zou ondertekenen.
alarm-advice = Bewaar beide zegels en toon ze aan de begeleiding, een stemopnemer of een ander lid voor je iets ondertekent.
alarm-save = Beide zegels bewaren
alarm-looked = Ik heb het bekeken
