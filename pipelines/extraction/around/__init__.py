"""Say what stands around a body on its page: tags, other stories, standfirst, furniture."""
