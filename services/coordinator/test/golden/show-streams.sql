show streams in account
-- binds: []
