"""The verbs: one file each, one public function, one transaction, one Act."""
