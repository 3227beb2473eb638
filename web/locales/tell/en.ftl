# What “Tell people” says.
tell-members = The link shows the page to members; whoever is not a member sees nothing.
tell-share = Share
tell-print = Print the poster
tell-poster-language = Language of the poster
tell-print-hint = One A4 page: the title in large type, the date, the QR code and the address.
