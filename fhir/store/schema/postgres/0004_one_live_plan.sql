-- A child has one live plan, whoever writes: our own plans are known by the identifier of the child's series.
-- Whoever writes the second at the same moment waits for the first at the lock of that series, then sees it.
CREATE FUNCTION one_live_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(mine.code, 0))
    FROM token_index AS mine
    WHERE mine.resource = NEW.resource AND mine.type = 'CarePlan' AND mine.parameter = 'identifier'
        AND mine.system = 'https://puffin.example/fhir/Id/plan-series';
    PERFORM 1
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
    IF FOUND THEN
        RAISE EXCEPTION 'a child has one live plan';
    END IF;
    RETURN NULL;
END;
$$;
CREATE TRIGGER one_live_plan AFTER INSERT ON token_index FOR EACH ROW
    WHEN (NEW.type = 'CarePlan' AND NEW.parameter IN ('status', 'identifier'))
    EXECUTE FUNCTION one_live_plan();
