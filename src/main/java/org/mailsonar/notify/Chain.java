package org.mailsonar.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * People who are told of the same things by the same ways, one after another until one takes it: those of a rule, or those to whom it
 * escalates. What was told is remembered for each chain, in the outbox, by its name.
 *
 * @param name the rule's, for an escalation with an addition
 * @param ways names of ways
 * @param isEscalation whether it is told only when the rule's own people did not answer
 */
record Chain(String name, Rule rule, List<String> ways, boolean isEscalation) {

    /** All chains of these rules, by name. */
    static Map<String, Chain> of(List<Rule> rules) {
        List<Chain> chains = new ArrayList<>();
        for (Rule rule : rules) {
            chains.add(new Chain(rule.name(), rule, rule.ways(), false));
            Rule.Escalation escalation = rule.escalation();
            if (escalation != null) {
                chains.add(new Chain(rule.name() + " (escalation)", rule, escalation.ways(), true));
            }
        }
        Map<String, Chain> byName = new LinkedHashMap<>();
        chains.forEach(chain -> byName.put(chain.name(), chain));
        return byName;
    }

    /** The name of the way of this number; they go round. */
    String way(int number) {
        return ways.get(Math.floorMod(number, ways.size()));
    }
}
