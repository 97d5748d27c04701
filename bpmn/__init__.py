"""The modelling languages (BPMN, DMN, FEEL, forms) and the shared library. Pure: values in, values out."""
