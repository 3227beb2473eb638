META
key;value
budget;1000
