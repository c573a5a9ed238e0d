-- The same rule, asked step by step from the plan that is written: as joins it could read every live plan of the store.
CREATE OR REPLACE FUNCTION one_live_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(mine.code, 0))
    FROM token_index AS mine
    WHERE mine.resource = NEW.resource AND mine.type = 'CarePlan' AND mine.parameter = 'identifier'
        AND mine.system = 'https://puffin.example/fhir/Id/plan-series';
    IF EXISTS (
        SELECT 1
        FROM token_index AS mine
        WHERE mine.resource = NEW.resource AND mine.type = 'CarePlan' AND mine.parameter = 'identifier'
            AND mine.system = 'https://puffin.example/fhir/Id/plan-series'
            AND EXISTS (
                SELECT 1
                FROM token_index AS live
                WHERE live.resource = mine.resource AND live.type = 'CarePlan' AND live.parameter = 'status'
                    AND live.code = 'active' AND live.system = ''
            ) IS TRUE
            AND EXISTS (
                SELECT 1
                FROM token_index AS other
                WHERE other.type = 'CarePlan' AND other.parameter = 'identifier' AND other.code = mine.code
                    AND other.system = mine.system AND other.resource <> mine.resource
                    AND EXISTS (
                        SELECT 1
                        FROM token_index AS other_live
                        WHERE other_live.resource = other.resource AND other_live.type = 'CarePlan'
                            AND other_live.parameter = 'status' AND other_live.code = 'active'
                            AND other_live.system = ''
                    ) IS TRUE
            ) IS TRUE
    ) THEN
        RAISE EXCEPTION 'a child has one live plan';
    END IF;
    RETURN NULL;
END;
$$;
