"""How well the machine reads, told by the judgements that people make anyway."""
