-- A child has one live plan, whoever writes: our own plans are known by the identifier of the child's series.
CREATE TRIGGER one_live_plan AFTER INSERT ON token_index
WHEN NEW.type = 'CarePlan' AND NEW.parameter IN ('status', 'identifier')
BEGIN
    SELECT RAISE(ABORT, 'a child has one live plan')
    FROM token_index AS mine
    JOIN token_index AS other
        ON other.type = mine.type AND other.parameter = mine.parameter
        AND other.code = mine.code AND other.system = mine.system AND other.resource <> mine.resource
    JOIN token_index AS live
        ON live.type = 'CarePlan' AND live.parameter = 'status' AND live.code = 'active'
        AND live.resource = mine.resource
    JOIN token_index AS other_live
        ON other_live.type = 'CarePlan' AND other_live.parameter = 'status' AND other_live.code = 'active'
        AND other_live.resource = other.resource
    WHERE mine.resource = NEW.resource AND mine.type = 'CarePlan' AND mine.parameter = 'identifier'
        AND mine.system = 'https://puffin.example/fhir/Id/plan-series';
END;
