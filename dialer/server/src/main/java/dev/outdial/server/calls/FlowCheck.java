package dev.outdial.server.calls;

import java.util.List;

/** Says before a call is placed whether the actions of a flow make sense. <b>Threading:</b> any. */
@FunctionalInterface
public interface FlowCheck {
    /**
     * All that is wrong, nothing where all is well.
     *
     * @param actions JSON text: an array
     * @return fields as paths from the array on, such as {@code [2].options.text}
     */
    List<ServiceException.Field> problems(String actions);
}
